package io.skald.benchmark.queueing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One run: a deployment under a load, from one seed. The same seed gives the same outcome. */
final class Simulation {

  /** How often those who start sagas at random do so; what comes in between goes together. */
  private static final double TICK = 1;

  /** How many start events are published together at most. */
  private static final int TOGETHER = 200;

  private final Timeline timeline = new Timeline();
  private final Random random;
  private final Deployment deployment;
  private final Load load;
  private final Network network;
  private final Level inFlight = new Level(timeline);
  private double[] latencies = new double[1024];
  private int measured;
  private long started;
  private long ended;

  private Simulation(Figures figures, Deployment deployment, Load load, long seed) {
    this.random = new Random(seed);
    this.deployment = deployment;
    this.load = load;
    this.network = new Network(timeline, random, figures, deployment, this::ended);
  }

  /**
   * @param warmUp simulated milliseconds that are not counted
   * @param millis simulated milliseconds that are
   */
  static Outcome run(
      Figures figures, Deployment deployment, Load load, double warmUp, double millis, long seed) {
    return new Simulation(figures, deployment, load, seed).run(warmUp, millis);
  }

  private Outcome run(double warmUp, double millis) {
    switch (load) {
      case Load.InFlight closed -> start(closed.sagas(), Deployment.STEPS + 1);
      case Load.Rate open -> arrive(open.perSecond() / 1000 * TICK);
    }
    timeline.runUntil(warmUp);
    network.reset();
    inFlight.reset();
    measured = 0;
    timeline.runUntil(warmUp + millis);
    return outcome(millis);
  }

  private void arrive(double mean) {
    start(poisson(mean), 1);
    timeline.after(TICK, () -> arrive(mean));
  }

  /**
   * @param stages how many different stages they begin at: 1 where all begin at the beginning, and
   *     more to begin as if they had long been under way, without which they would stay in step
   */
  private void start(int sagas, int stages) {
    for (int left = sagas; left > 0; left -= TOGETHER) {
      List<Trip> trips = new ArrayList<>();
      for (int i = 0; i < Math.min(left, TOGETHER); i++) {
        Trip trip = new Trip(random.nextInt(deployment.shards()), timeline.now());
        trip.answered = random.nextInt(stages);
        trips.add(trip);
      }
      started += trips.size();
      inFlight.add(trips.size());
      network.start(trips);
    }
  }

  private void ended(List<Trip> sagas) {
    for (Trip saga : sagas) {
      if (measured == latencies.length) {
        latencies = Arrays.copyOf(latencies, measured * 2);
      }
      latencies[measured++] = timeline.now() - saga.startedAt;
    }
    ended += sagas.size();
    inFlight.add(-sagas.size());
    if (load instanceof Load.InFlight) {
      start(sagas.size(), 1);
    }
  }

  /** Knuth's way for small means, the normal distribution for large ones. */
  private int poisson(double mean) {
    if (mean > 50) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  private Outcome outcome(double millis) {
    double[] sorted = Arrays.copyOf(latencies, measured);
    Arrays.sort(sorted);
    return new Outcome(
        measured / millis * 1000,
        inFlight.mean(),
        Arrays.stream(sorted).average().orElse(Double.NaN),
        percentile(sorted, 0.50),
        percentile(sorted, 0.99),
        network.meanLaneBatch(),
        network.uses(),
        network.turns(),
        started,
        ended,
        inFlight.value());
  }

  private static double percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }
}
