package io.skald.benchmark.queueing;

import io.skald.benchmark.queueing.Figures.Part;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The tables that are arithmetic: what a saga costs, times a rate. */
final class Costs {

  private static final double SECONDS_OF_DAY = 86_400;
  private static final double SECONDS_OF_HOUR = 3_600;

  /** Of the orchestrator: starts, requests, events; commands and replies of each participant. */
  private static final int TOPICS = 3 + 2 * Deployment.STEPS;

  /** For queries, health and migrations, besides a lane's own. */
  private static final int OTHER_CONNECTIONS = 10;

  private final Figures figures;
  private final Sizing sizing;

  Costs(Figures figures) {
    this.figures = figures;
    this.sizing = new Sizing(figures);
  }

  /** What a rate takes, before anything is sized by it. */
  Table needs() {
    Table table = perRate("sagas a second");
    row(table, "orchestrators: cores busy", r -> sizing.cores(Part.ORCHESTRATOR, r));
    row(table, "PostgreSQL: cores busy", r -> sizing.cores(Part.POSTGRESQL, r));
    row(
        table,
        "Kafka with 3 replicas: cores busy",
        r -> sizing.cores(Part.KAFKA, r) * sizing.replicatedFactor());
    row(table, "participants (trivial): cores busy", r -> sizing.cores(Part.PARTICIPANTS, r));
    row(table, "PostgreSQL: log written, and sent to standbys, MB/s", sizing::logMegabytes);
    row(table, "PostgreSQL: from orchestrators, MB/s", perSaga("postgresql.in.bytes"));
    row(table, "PostgreSQL: to orchestrators, MB/s", perSaga("postgresql.out.bytes"));
    row(table, "Kafka: produced, MB/s", sizing::kafkaMegabytes);
    row(table, "Kafka: written to disks with 3 replicas, MB/s", r -> 3 * sizing.kafkaMegabytes(r));
    row(
        table,
        "Kafka: sent, to one reader of each record and two followers, MB/s",
        r -> 3 * sizing.kafkaMegabytes(r));
    row(table, "records a second", r -> r * figures.get("kafka.records"));
    row(table, "lanes needed when 60 % busy", r -> (double) sizing.lanes(r));
    return table;
  }

  /** What the arithmetic makes of it. */
  Table deployments() {
    Table table = perRate("sagas a second");
    deployment(
        table,
        "orchestrators × cores",
        (r, d) -> times(d.orchestrators().count(), d.orchestrators().cores()));
    deployment(table, "lanes, each a thread, a consumer, a connection", (r, d) -> whole(d.lanes()));
    deployment(
        table,
        "databases × cores, each with a standby",
        (r, d) -> times(d.databases().count(), d.databases().cores()));
    deployment(table, "brokers × cores", (r, d) -> times(d.brokers().count(), d.brokers().cores()));
    deployment(table, "machines, without the participants'", (r, d) -> whole(d.machines()));
    deployment(table, "shards, the partitions of each topic", (r, d) -> whole(d.shards()));
    deployment(
        table,
        "partition replicas on a broker",
        (r, d) -> whole(d.shards() * TOPICS * d.brokers().replicas() / d.brokers().count()));
    deployment(
        table,
        "connections to a database",
        (r, d) ->
            whole(
                Math.ceilDiv(d.lanes(), d.databases().count())
                    + OTHER_CONNECTIONS * d.orchestrators().count()));
    deployment(
        table,
        "memory for a second's sagas, MB in an orchestrator",
        (r, d) ->
            Table.number(r * figures.get("cached.saga.bytes") / d.orchestrators().count() / 1e6));
    return table;
  }

  Table volumes() {
    Table table = perRate("sagas a second");
    row(table, "sagas in a day, millions", r -> r * SECONDS_OF_DAY / 1e6);
    row(table, "rows of ended sagas, TB a day", daily("rows.saga.bytes"));
    row(table, "rows of the journal, TB a day", daily("rows.journal.bytes"));
    row(table, "log of PostgreSQL, TB a day", daily("wal.bytes"));
    row(table, "archive, compressed, TB a day", daily("archive.bytes"));
    row(
        table,
        "Kafka with 3 replicas, TB an hour kept",
        r -> 3 * sizing.kafkaMegabytes(r) * SECONDS_OF_HOUR / 1e6);
    row(
        table,
        "rows kept when 2 TB a database are for them, hours",
        r ->
            2e12
                * sizing.forRate(r.intValue()).databases().count()
                / (r * (figures.get("rows.saga.bytes") + figures.get("rows.journal.bytes")))
                / SECONDS_OF_HOUR);
    return table;
  }

  private ToDoubleFunction<Double> perSaga(String bytes) {
    return rate -> rate * figures.get(bytes) / 1e6;
  }

  private ToDoubleFunction<Double> daily(String bytes) {
    return rate -> rate * figures.get(bytes) * SECONDS_OF_DAY / 1e12;
  }

  private static Table perRate(String head) {
    return new Table(
        Stream.concat(
                Stream.of(head), Sizing.rates().stream().map(rate -> Table.number((double) rate)))
            .toArray(String[]::new));
  }

  private static void row(Table table, String name, ToDoubleFunction<Double> value) {
    List<Object> cells =
        Stream.concat(
                Stream.of(name),
                Sizing.rates().stream().map(rate -> value.applyAsDouble(rate.doubleValue())))
            .map(Object.class::cast)
            .toList();
    table.row(cells.toArray());
  }

  private interface Cell {
    String of(double rate, Deployment deployment);
  }

  private void deployment(Table table, String name, Cell value) {
    List<String> cells =
        Stream.concat(
                Stream.of(name),
                Sizing.rates().stream().map(rate -> value.of(rate, sizing.forRate(rate))))
            .toList();
    table.row(cells.toArray());
  }

  private static String times(int count, int cores) {
    return whole(count) + " × " + cores;
  }

  private static String whole(int number) {
    return Table.number(number);
  }
}
