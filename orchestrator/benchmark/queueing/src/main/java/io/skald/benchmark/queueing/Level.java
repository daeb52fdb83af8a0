package io.skald.benchmark.queueing;

/** A number that changes over time, and its mean over the time since it was last reset. */
final class Level {

  private final Timeline timeline;
  private int value;
  private double area;
  private double since;
  private double changed;

  Level(Timeline timeline) {
    this.timeline = timeline;
  }

  int value() {
    return value;
  }

  void add(int change) {
    count();
    value += change;
  }

  void reset() {
    area = 0;
    since = timeline.now();
    changed = since;
  }

  double mean() {
    count();
    double elapsed = timeline.now() - since;
    return elapsed == 0 ? value : area / elapsed;
  }

  private void count() {
    area += value * (timeline.now() - changed);
    changed = timeline.now();
  }
}
