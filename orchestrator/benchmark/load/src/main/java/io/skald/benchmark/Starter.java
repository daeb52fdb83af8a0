package io.skald.benchmark;

/** Starts sagas. Called by one thread, which it does not hold up for the answer. */
interface Starter extends AutoCloseable {

  /**
   * Starts one and returns.
   *
   * @param begun told when the saga has its name, and when it can't be started; on any thread
   */
  void start(Order order, Begun begun);

  /** Waits for what is under way. */
  @Override
  void close();

  /** What becomes of a start. */
  interface Begun {

    /** The key of its saga, before or after it is started. */
    void named(String id);

    /** It was not taken, or nobody knows; the next one may be. */
    void failed(String why);
  }
}
