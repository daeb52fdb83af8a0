package io.skald.orchestrator.archive;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** One day of a table that is partitioned by days in UTC. */
record Partition(Family family, LocalDate day) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /** The tables that have a partition for each day. */
  enum Family {
    JOURNAL("journal", "shard, seq"),
    SAGA_ENDED("saga_ended", "id");

    private final String table;
    private final String order;

    Family(String table, String order) {
      this.table = table;
      this.order = order;
    }

    String table() {
      return table;
    }

    /** The columns by which archived rows are sorted: those of an index. */
    String order() {
      return order;
    }
  }

  /** The partition of this name; empty when it is none with a day of its own. */
  static Optional<Partition> named(String table) {
    for (Family family : Family.values()) {
      String prefix = family.table() + "_";
      if (table.startsWith(prefix)) {
        try {
          return Optional.of(
              new Partition(family, LocalDate.parse(table.substring(prefix.length()), DAY)));
        } catch (DateTimeParseException noDay) {
          continue;
        }
      }
    }
    return Optional.empty();
  }

  String table() {
    return family.table() + "_" + DAY.format(day);
  }
}
