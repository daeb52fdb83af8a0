package io.skald.orchestrator.messaging;

import java.time.Duration;

/**
 * Says when input should be given a moment to gather before it is decided on: while it comes so
 * fast that several records arrive together, but so slowly that a commit is shared by few. A batch
 * of twenty costs little more than one of three, in the lane, in PostgreSQL and in Kafka, so the
 * moment is won back as time that nobody has to wait for a processor. A saga that runs alone is not
 * kept waiting, its records come one at a time; after a heavy load it is for some dozen batches
 * more, until the average has forgotten.
 *
 * <p>PostgreSQL's {@code commit_delay} with {@code commit_siblings} is the same idea for one
 * commit. Used by one lane's thread.
 */
public final class Gathering {

  /**
   * How many records must arrive together, on average, until it pays to wait. With fewer a wait
   * costs more than it saves: at 1.5, eight sagas in flight took 33 ms each.
   */
  private static final double COMPANY = 3;

  /** A batch of as many is large enough. */
  private static final int ENOUGH = 50;

  /** How much the latest batch counts in the average. */
  private static final double WEIGHT = 0.125;

  private final Duration pause;
  private double average;

  /**
   * @param pause how long to wait; zero for never
   */
  public Gathering(Duration pause) {
    this.pause = pause;
  }

  /** How long to wait when it pays. */
  Duration pause() {
    return pause;
  }

  /**
   * Takes note of a batch and says whether to wait for more.
   *
   * @param records how many came together; none means that nothing came for a while
   */
  boolean pays(int records) {
    average += WEIGHT * (records - average);
    return pause.isPositive() && records > 0 && records < ENOUGH && average >= COMPANY;
  }
}
