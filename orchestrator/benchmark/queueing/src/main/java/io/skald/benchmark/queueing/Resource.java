package io.skald.benchmark.queueing;

/** Something that work has to wait for. */
interface Resource {

  /** What kind of thing it is; those of one kind are reported together. */
  String kind();

  /**
   * @param millis the work, when nothing else is in the way
   * @param then what follows when it is done
   */
  void use(double millis, Runnable then);

  /** The share of its capacity that was used since the last reset, from 0 to 1. */
  double utilisation();

  void reset();
}
