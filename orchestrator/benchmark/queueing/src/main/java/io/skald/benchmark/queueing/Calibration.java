package io.skald.benchmark.queueing;

import io.skald.benchmark.queueing.Figures.Point;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Figures that fit what was measured. Finds two factors, for the CPU of a saga and for the CPU of a
 * turn, such that the simulation meets the measured rate with the fewest and with the most sagas in
 * flight. What it says about anything else is then a prediction.
 *
 * @param cpu the factor of a saga's CPU; so turn, of a turn's
 */
record Calibration(Figures figures, double cpu, double turn) {

  private static final int ROUNDS = 8;
  private static final int HALVINGS = 12;

  /** With factors of 1 when there are fewer than two points. */
  static Calibration of(Figures figures, Deployment machine) {
    List<Point> points = figures.points();
    if (points.size() < 2) {
      return new Calibration(figures, 1, 1);
    }
    Point few = points.getFirst();
    Point many = points.getLast();
    double cpu = 1;
    double turn = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double turns = turn;
      cpu = meeting(many, f -> rate(figures.scaled(f, turns), machine, many));
      double cpus = cpu;
      turn = meeting(few, f -> rate(figures.scaled(cpus, f), machine, few));
    }
    return new Calibration(figures.scaled(cpu, turn), cpu, turn);
  }

  private static double rate(Figures figures, Deployment machine, Point point) {
    return Simulations.closed(figures, machine, point.inFlight()).rate();
  }

  /** The factor for which the rate is met; the rate falls as the factor grows. */
  private static double meeting(Point point, DoubleUnaryOperator rateOf) {
    double low = 0.02;
    double high = 50;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(low * high);
      if (rateOf.applyAsDouble(middle) > point.rate()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(low * high);
  }
}
