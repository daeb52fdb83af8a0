package io.skald.benchmark.queueing;

import io.skald.benchmark.queueing.Deployment.Brokers;
import io.skald.benchmark.queueing.Deployment.Databases;
import io.skald.benchmark.queueing.Deployment.Orchestrators;
import io.skald.benchmark.queueing.Deployment.Participants;
import io.skald.benchmark.queueing.Figures.Part;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How many of everything a rate needs, by arithmetic alone: what one saga costs, times the rate,
 * over what one machine gives. The simulation says whether that was right.
 */
final class Sizing {

  /** How full anything may be by plan: the rest is for peaks, and for those who have failed. */
  static final double HEADROOM = 0.6;

  private static final double MILLIS = 1_000;
  private static final double BITS = 8;

  /** Cores of each kind of machine. */
  private record Cores(int orchestrator, int lanes, int database, int broker, int participant) {}

  private static final Cores SMALL = new Cores(2, 2, 4, 2, 2);
  private static final Cores MEDIUM = new Cores(4, 4, 8, 4, 2);
  private static final Cores LARGE = new Cores(8, 8, 16, 8, 4);

  /** Kafka's replicas, and so the fewest brokers. */
  private static final int REPLICAS = 3;

  private final Figures figures;

  Sizing(Figures figures) {
    this.figures = figures;
  }

  /** All of it on the machine that was measured, as {@code ./skald bench} starts it. */
  static Deployment oneMachine(Figures figures) {
    return new Deployment(
        "one machine",
        8,
        new Orchestrators(1, 1, 2),
        new Databases(1, 1, figures.get("flush.ms"), figures.get("server.log.megabytes"), 0.02, 0),
        new Brokers(1, 1, 1, 100),
        new Participants(1, 1),
        OptionalInt.of((int) figures.get("machine.cores")));
  }

  /** The powers of ten. */
  static List<Integer> rates() {
    return List.of(1_000, 10_000, 100_000, 1_000_000);
  }

  Deployment forRate(int rate) {
    Cores cores = rate <= 1_000 ? SMALL : rate <= 10_000 ? MEDIUM : LARGE;
    int lanes = lanes(rate);
    int orchestrators =
        atLeast(
            2,
            Math.max(
                machines(cores(Part.ORCHESTRATOR, rate), cores.orchestrator()),
                (double) lanes / cores.lanes()));
    int databases =
        atLeast(
            1,
            Math.max(
                machines(cores(Part.POSTGRESQL, rate), cores.database()),
                machines(logMegabytes(rate), figures.get("server.log.megabytes"))));
    int brokers =
        atLeast(
            REPLICAS,
            Math.max(
                machines(cores(Part.KAFKA, rate) * replicatedFactor(), cores.broker()),
                machines(kafkaMegabytes(rate) * REPLICAS, cardMegabytes())));
    int participants =
        atLeast(
            2, machines(cores(Part.PARTICIPANTS, rate) / Deployment.STEPS, cores.participant()));
    return new Deployment(
        String.format(Locale.ROOT, "that for %,d/s", rate),
        shards(orchestrators * cores.lanes()),
        new Orchestrators(orchestrators, cores.orchestrator(), cores.lanes()),
        databases(databases, cores.database()),
        new Brokers(brokers, cores.broker(), REPLICAS, figures.get("network.gigabits")),
        new Participants(participants, cores.participant()),
        OptionalInt.empty());
  }

  private Databases databases(int count, int cores) {
    double flush = figures.get("server.flush.ms");
    double network = figures.get("network.ms");
    return new Databases(
        count, cores, flush, figures.get("server.log.megabytes"), network, 2 * network + flush);
  }

  /** Cores that a part keeps busy. */
  double cores(Part part, double rate) {
    return rate * figures.get(part.cpu()) / MILLIS;
  }

  double replicatedFactor() {
    return figures.get("kafka.replicated.cpu.factor");
  }

  /** What a saga takes of the time of its lane, which does one thing after the other. */
  double laneMillis() {
    return figures.get(Part.ORCHESTRATOR.cpu())
        + figures.get(Part.POSTGRESQL.cpu())
        + figures.get("wal.bytes") / (figures.get("server.log.megabytes") * 1e3);
  }

  int lanes(double rate) {
    return atLeast(1, rate * laneMillis() / MILLIS / HEADROOM);
  }

  double logMegabytes(double rate) {
    return rate * figures.get("wal.bytes") / 1e6;
  }

  /** What is produced, each record once. */
  double kafkaMegabytes(double rate) {
    return rate * figures.get("kafka.records") * figures.get("kafka.record.bytes") / 1e6;
  }

  private double cardMegabytes() {
    return figures.get("network.gigabits") * 1e3 / BITS;
  }

  private static double machines(double needed, double each) {
    return needed / (each * HEADROOM);
  }

  private static int atLeast(int fewest, double needed) {
    return Math.max(fewest, (int) Math.ceil(needed));
  }

  /** A power of two with room to double the lanes twice: it can't be changed later. */
  private static int shards(int lanes) {
    return Math.max(64, Integer.highestOneBit(4 * lanes - 1) * 2);
  }
}
