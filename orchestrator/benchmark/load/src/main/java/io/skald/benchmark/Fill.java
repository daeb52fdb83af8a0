package io.skald.benchmark;

/**
 * What to put into the orchestrator's database before a run, so that it is not empty.
 *
 * @param ended sagas that have ended on the days before today
 * @param active sagas that wait for a timer which is not due within the run
 * @param timers sagas that wait for a timer which is due soon
 * @param timersPerSecond how many of those are due in a second
 */
public record Fill(int ended, int active, int timers, int timersPerSecond) {

  /** An empty database. */
  static final Fill NONE = new Fill(0, 0, 0, 1);

  boolean isNone() {
    return ended == 0 && active == 0 && timers == 0;
  }
}
