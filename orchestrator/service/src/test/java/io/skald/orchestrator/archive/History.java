package io.skald.orchestrator.archive;

import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.PostgresJournal;
import io.skald.orchestrator.lane.Batches;
import io.skald.orchestrator.lane.Drive;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Some days of sagas that went any way, through the real machine and the real journal. */
final class History {

  /** A Sunday, so that the second day is of another week. */
  static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-01");

  static final int DAYS = 3;
  private static final int SAGAS_A_DAY = 60;

  private final Database database;
  private final PostgresJournal journal;
  private final Random random = new Random(11);
  private final List<Drive> live = new ArrayList<>();
  private final Batches batches;

  History(Database database) {
    this.database = database;
    this.journal = new PostgresJournal(database.dataSource());
    database.clear(2);
    this.batches = new Batches(journal.claim(1, "a"));
  }

  static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Sagas of each day, some of which move on the days after, and some after they have ended. */
  void happen() {
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = FIRST_DAY.plusDays(i);
      makePartitions(day);
      List<Drive> begun = new ArrayList<>();
      for (int j = 0; j < SAGAS_A_DAY; j++) {
        Drive saga = Drive.started(day + "-" + j + " ä€😀", startOf(day).plusSeconds(j));
        for (int k = random.nextInt(9); k > 0; k--) {
          saga.anything(random);
        }
        begun.add(saga);
      }
      begun.addAll(line(day));
      journal.commit(batches.begin(begun));
      live.addAll(begun);
      List<Drive> moved = new ArrayList<>();
      for (Drive saga : live) {
        int before = saga.transitions().size();
        if (random.nextInt(3) == 0) {
          saga.tick(
              Duration.between(saga.state().core().updatedAt(), startOf(day).plusSeconds(900)));
          saga.anything(random);
        }
        if (saga.transitions().size() > before) {
          moved.add(saga);
        }
      }
      journal.commit(batches.move(moved));
    }
  }

  /** Sagas of one key: one that is under way, one that waits, one whose turn has come. */
  private static List<Drive> line(LocalDate day) {
    Instant start = startOf(day);
    return List.of(
        Drive.soloStarted("line of " + day, "a", 0, start),
        Drive.soloStarted("line of " + day, "b", 1, start),
        Drive.soloStarted("line of " + day, "c", 2, start).turnCame());
  }

  /** All messages are known to be in Kafka. */
  void publishAll() {
    database.execute("update shard set published_seq = journal_seq");
  }

  /** A saga that has ended on this day notes an input that comes much later. */
  void noteLateInput(LocalDate day) {
    Drive saga =
        live.stream()
            .filter(s -> s.state().status().isTerminal())
            .filter(s -> s.state().core().updatedAt().isBefore(startOf(day.plusDays(1))))
            .findFirst()
            .orElseThrow();
    int before = saga.transitions().size();
    saga.tick(Duration.ofDays(9)).abort();
    if (saga.transitions().size() == before) {
      throw new IllegalStateException("Expected " + saga.id() + " to note what came too late");
    }
    journal.commit(batches.move(List.of(saga)));
  }

  private void makePartitions(LocalDate day) {
    for (Partition.Family family : Partition.Family.values()) {
      makePartition(Partition.of(family, day));
    }
  }

  void makePartition(Partition partition) {
    database.execute(
        "create table if not exists %s partition of %s for values from ('%s') to ('%s')"
            .formatted(
                partition.table(),
                partition.family().table(),
                startOf(partition.first()),
                partition.end()));
  }
}
