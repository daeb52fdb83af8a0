package io.skald.benchmark.queueing;

/** Runs of the length and with the seed that the tables are made with. */
final class Simulations {

  private static final long SEED = 20_260_101;

  /** Sagas enough for a steady mean and a 99th percentile, and no more than can be waited for. */
  private static final double SAGAS = 200_000;

  private static final double SHORTEST = 1_000;
  private static final double LONGEST = 20_000;

  private Simulations() {}

  static Outcome closed(Figures figures, Deployment deployment, int inFlight) {
    return Simulation.run(
        figures, deployment, new Load.InFlight(inFlight), 4_000, LONGEST / 2, SEED);
  }

  static Outcome open(Figures figures, Deployment deployment, double perSecond) {
    double millis = Math.clamp(SAGAS / perSecond * 1000, SHORTEST, LONGEST);
    return Simulation.run(figures, deployment, new Load.Rate(perSecond), millis / 2, millis, SEED);
  }

  /** More than can be done, so that what limits it shows: so many seconds' worth in flight. */
  static Outcome saturated(
      Figures figures, Deployment deployment, double perSecond, double seconds) {
    int inFlight = (int) Math.max(5_000, perSecond * seconds);
    return Simulation.run(
        figures, deployment, new Load.InFlight(inFlight), 2_000 * seconds, 2_000 * seconds, SEED);
  }
}
