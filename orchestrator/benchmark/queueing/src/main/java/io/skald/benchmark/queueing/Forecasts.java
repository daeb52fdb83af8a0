package io.skald.benchmark.queueing;

import io.skald.benchmark.queueing.Deployment.Databases;
import io.skald.benchmark.queueing.Figures.Point;
import io.skald.benchmark.queueing.Outcome.Use;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tables that are simulated. */
final class Forecasts {

  private static final List<Integer> IN_FLIGHT = List.of(1, 8, 64, 512, 2_048);

  /** One way between a lane and its database, and to a standby and back, in milliseconds. */
  private static final double[][] DISTANCES = {
    {0.1, 0}, {0.1, 0.7}, {0.5, 1.5}, {2, 4.5}, {10, 20.5}
  };

  private final Figures figures;
  private final Sizing sizing;

  /**
   * @param figures calibrated, if they are to be
   */
  Forecasts(Figures figures) {
    this.figures = figures;
    this.sizing = new Sizing(figures);
  }

  /** One machine: what the simulation says, beside what was measured where something was. */
  Table oneMachine() {
    Map<Integer, Point> measured = new TreeMap<>();
    figures.points().forEach(point -> measured.put(point.inFlight(), point));
    Table table =
        new Table(
            "in flight",
            "sagas/s predicted",
            "measured",
            "error",
            "p50 ms predicted",
            "measured",
            "p99 ms predicted",
            "measured",
            "inputs in a commit",
            "what limits it");
    Deployment machine = Sizing.oneMachine(figures);
    for (int inFlight : IN_FLIGHT) {
      Outcome outcome = Simulations.closed(figures, machine, inFlight);
      Point point =
          measured.getOrDefault(inFlight, new Point(inFlight, Double.NaN, Double.NaN, Double.NaN));
      table.row(
          Table.number(inFlight),
          outcome.rate(),
          point.rate(),
          percent(outcome.rate() / point.rate() - 1, true),
          outcome.p50(),
          point.p50(),
          outcome.p99(),
          point.p99(),
          outcome.laneBatch(),
          outcome.bottleneck().map(Forecasts::said).orElse("time alone"));
    }
    return table;
  }

  /** Each deployment at its rate; then with more than it can do, which shows what gives out. */
  Table powersOfTen() {
    Table table =
        new Table(
            "sagas a second asked",
            "done",
            "p50 ms",
            "p99 ms",
            "inputs in a commit",
            "most used",
            "at most a second",
            "what gives out first");
    for (int rate : Sizing.rates()) {
      Deployment deployment = sizing.forRate(rate);
      Outcome asked = Simulations.open(figures, deployment, rate);
      Outcome full = Simulations.saturated(figures, deployment, rate, 1.5);
      table.row(
          Table.number(rate),
          asked.rate(),
          asked.p50(),
          asked.p99(),
          asked.laneBatch(),
          said(asked.uses().getFirst()),
          full.rate(),
          full.bottleneck().map(Forecasts::said).orElse("nothing yet"));
    }
    return table;
  }

  /** How far the database and its standby are away: the rate stays, a lone saga waits. */
  Table distances() {
    Table table =
        new Table(
            "to the database, one way, ms",
            "to the standby and back, ms",
            "lone saga ms",
            "p50 ms at 10,000/s",
            "p99 ms at 10,000/s",
            "inputs in a commit",
            "at most a second");
    Deployment near = sizing.forRate(10_000);
    for (double[] distance : DISTANCES) {
      Databases databases = near.databases().withDistance(distance[0], distance[1]);
      Deployment deployment = near.with(databases);
      Outcome lone = Simulations.closed(figures, deployment, 1);
      Outcome asked = Simulations.open(figures, deployment, 10_000);
      Outcome full = Simulations.saturated(figures, deployment, 10_000, 8);
      table.row(
          distance[0],
          distance[1] == 0 ? "none" : Table.number(distance[1]),
          lone.p50(),
          asked.p50(),
          asked.p99(),
          asked.laneBatch(),
          full.rate());
    }
    return table;
  }

  private static String said(Use use) {
    return use.kind() + ", " + percent(use.share(), false);
  }

  private static String percent(double share, boolean signed) {
    return Double.isNaN(share)
        ? "–"
        : String.format(Locale.ROOT, signed ? "%+.0f %%" : "%.0f %%", share * 100);
  }
}
