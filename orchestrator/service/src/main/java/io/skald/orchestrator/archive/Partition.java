package io.skald.orchestrator.archive;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * One partition of a table that has them by time, in UTC.
 *
 * @param first the first day that it holds
 */
record Partition(Family family, LocalDate first) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /** The tables with partitions, as {@code make_partitions} makes them. */
  enum Family {
    /** A partition for each day. */
    JOURNAL("journal", "shard, seq", day -> day, Period.ofDays(1)),

    /** A partition for each week, from Monday on. */
    SAGA_ENDED(
        "saga_ended", "id", TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY), Period.ofWeeks(1));

    private final String table;
    private final String order;
    private final TemporalAdjuster first;
    private final Period width;

    Family(String table, String order, TemporalAdjuster first, Period width) {
      this.table = table;
      this.order = order;
      this.first = first;
      this.width = width;
    }

    String table() {
      return table;
    }

    /** The columns by which archived rows are sorted: those of an index. */
    String order() {
      return order;
    }
  }

  /** The partition that holds the rows of this day. */
  static Partition of(Family family, LocalDate day) {
    return new Partition(family, day.with(family.first));
  }

  /** The partition of this name; empty when it is none with a time of its own. */
  static Optional<Partition> named(String table) {
    for (Family family : Family.values()) {
      String prefix = family.table() + "_";
      if (table.startsWith(prefix)) {
        try {
          Partition partition =
              new Partition(family, LocalDate.parse(table.substring(prefix.length()), DAY));
          return Optional.of(partition).filter(of(family, partition.first())::equals);
        } catch (DateTimeParseException noDay) {
          continue;
        }
      }
    }
    return Optional.empty();
  }

  /** The moment from which on it holds nothing. */
  Instant end() {
    return first.plus(family.width).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  String table() {
    return family.table() + "_" + DAY.format(first);
  }
}
