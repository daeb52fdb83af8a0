package io.skald.benchmark;

import io.skald.standalone.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Everything that the stack counts, read at the start and at the end of a load. */
final class Counters {
  private final Target target;
  private final CpuClock clock;
  private final Progress progress;

  private Optional<CpuClock.Reading> cpu = Optional.empty();
  private Optional<PostgresCounters> postgres = Optional.empty();
  private Optional<EngineCounters> engine = Optional.empty();

  Counters(Target target, Progress progress) {
    this.target = target;
    this.clock = new CpuClock(target::processes);
    this.progress = progress;
  }

  /** What lies between two looks. */
  record Difference(
      Optional<CpuClock.Used> cpu,
      Optional<PostgresCounters> postgres,
      Optional<EngineCounters> engine) {}

  /** The first look. */
  void begin() {
    postgres = readPostgres();
    engine = readEngine();
    cpu = clock.read();
  }

  /** The second look. */
  Difference end() {
    Optional<CpuClock.Used> used =
        cpu.flatMap(from -> clock.read().map(to -> CpuClock.between(from, to)));
    return new Difference(
        used,
        postgres.flatMap(from -> readPostgres().map(to -> to.since(from))),
        engine.flatMap(from -> readEngine().map(to -> to.since(from))));
  }

  private Optional<PostgresCounters> readPostgres() {
    try {
      return target.postgres().isEmpty()
          ? Optional.empty()
          : Optional.of(PostgresCounters.read(target.postgres().get()));
    } catch (SQLException e) {
      progress.say("PostgreSQL's counters could not be read: " + e);
      return Optional.empty();
    }
  }

  private Optional<EngineCounters> readEngine() {
    try {
      return Optional.of(EngineCounters.read(target.orchestrators()));
    } catch (IOException e) {
      progress.say("The orchestrators' metrics could not be read: " + e);
      return Optional.empty();
    }
  }
}
