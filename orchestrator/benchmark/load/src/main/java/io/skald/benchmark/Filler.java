package io.skald.benchmark;

import io.skald.standalone.Progress;
import io.skald.standalone.StandaloneException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Multiplies the rows of two sagas that the orchestrator itself has written, one that has ended and
 * one that waits to try again, inside the database. The journal is left as it is.
 */
final class Filler {

  /** On the key of each saga whose timer is due soon, before the microsecond at which it is. */
  static final String TIMER_KEY = "TIM-";

  private static final int DAYS = 14;
  private static final int CHUNK = 200_000;
  private static final int BATCH = 1000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Duration FAR = Duration.ofHours(12);

  /** Lanes know what is due within 10 s; what is put in behind their backs must be further off. */
  private static final Duration BEFORE_FIRST = Duration.ofSeconds(30);

  private static final Duration HORIZON = Duration.ofSeconds(12);
  private static final Pattern RETRY_AT = Pattern.compile("\"retryAt\":(\\d+)");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

  private static final String PARTITION =
      """
      create table if not exists saga_ended_%s partition of saga_ended
          for values from ('%s 00:00:00+00') to ('%s 00:00:00+00')
      """;

  private static final String ENDED =
      """
      insert into saga_ended (id, shard, version, created_at, definition, saga_key, status, seq,
          updated_at, ended_at, data, state)
      select gen_random_uuid(), n %% %d, t.version, at - (t.ended_at - t.created_at), t.definition,
          'FILL-' || n, t.status, t.seq, at, at, t.data, t.state
      from saga_ended t,
          lateral (select n, '%s 00:00:00+00'::timestamptz + random() * interval '86399 s' as at
                   from generate_series(%d, %d) n) rows
      where t.id = '%s'
      """;

  private static final String ACTIVE =
      """
      insert into saga (id, shard, version, created_at, definition, saga_key, status, seq,
          updated_at, next_due_at, data, state)
      select gen_random_uuid(), n %% %d, t.version, t.created_at - n * interval '1 ms', t.definition,
          'FILL-ACTIVE-' || n, t.status, t.seq, t.updated_at,
          timestamptz 'epoch' + micros * interval '1 microsecond', t.data,
          replace(t.state, '"retryAt":%d', '"retryAt":' || micros)
      from saga t,
          lateral (select n, %d + (random() * 21600000000)::bigint as micros
                   from generate_series(%d, %d) n) rows
      where t.id = '%s'
      """;

  private static final String TIMER =
      """
      insert into saga (id, shard, version, created_at, definition, saga_key, status, seq,
          updated_at, next_due_at, data, state)
      select ?, ?, t.version, t.created_at, t.definition, ?, t.status, t.seq, t.updated_at,
          timestamptz 'epoch' + ? * interval '1 microsecond', t.data, ?
      from saga t where t.id = ?
      """;

  private final Target.Databases postgres;
  private final Fill fill;
  private final int shards;
  private final Progress progress;

  /**
   * A saga's row to multiply.
   *
   * @param retryAt when it tries again, in microseconds since 1970; 0 for one that has ended
   */
  record Template(UUID id, String state, long retryAt) {}

  Filler(Target.Databases postgres, Fill fill, int shards, Progress progress) {
    this.postgres = postgres;
    this.fill = fill;
    this.shards = shards;
    this.progress = progress;
  }

  /** The saga of a key that has ended. */
  Template ended(String key) throws SQLException {
    return template("select id, state from saga_ended where saga_key = '" + key + "'");
  }

  /** The saga of a key that waits to try again. */
  Template waiting(String key) throws SQLException {
    return template("select id, state from saga where saga_key = '" + key + "'");
  }

  /** Puts the ended and the active ones in; takes minutes for millions. */
  void fill(Template ended, Template waiting) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      for (int day = 1; day <= DAYS && fill.ended() > 0; day++) {
        day(statement, today.minusDays(day), day, ended);
      }
      for (int from = 0; from < fill.active(); from += CHUNK) {
        statement.execute(
            ACTIVE.formatted(
                shards,
                waiting.retryAt(),
                micros(Instant.now().plus(FAR)),
                from + 1,
                Math.min(from + CHUNK, fill.active()),
                waiting.id()));
        progress.say("Filled: %d active".formatted(Math.min(from + CHUNK, fill.active())));
      }
      statement.execute("vacuum (analyze) saga");
      statement.execute("vacuum (analyze) saga_ended");
      statement.execute("checkpoint");
    }
  }

  /**
   * Puts in those whose timers are due soon, one after the other.
   *
   * @return when the first one is due
   */
  Instant timers(Template waiting) throws SQLException {
    Instant first = Instant.now().plus(BEFORE_FIRST);
    try (Connection connection = connect();
        PreparedStatement insert = connection.prepareStatement(TIMER)) {
      connection.setAutoCommit(false);
      for (int n = 0; n < fill.timers(); n++) {
        long due = micros(first) + n * MICROS_PER_SECOND / fill.timersPerSecond();
        String key = TIMER_KEY + due + "-" + n;
        insert.setObject(1, UUID.randomUUID());
        insert.setInt(
            2, BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), shards));
        insert.setString(3, key);
        insert.setLong(4, due);
        insert.setString(
            5, waiting.state().replace("\"retryAt\":" + waiting.retryAt(), "\"retryAt\":" + due));
        insert.setObject(6, waiting.id());
        insert.addBatch();
        if ((n + 1) % BATCH == 0 || n + 1 == fill.timers()) {
          insert.executeBatch();
        }
      }
      connection.commit();
    }
    if (Instant.now().isAfter(first.minus(HORIZON))) {
      throw new StandaloneException(
          "Expected to put %d timers in before the first is near, but it took too long; ask for fewer"
              .formatted(fill.timers()));
    }
    return first;
  }

  private void day(Statement statement, LocalDate day, int number, Template ended)
      throws SQLException {
    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    statement.execute(PARTITION.formatted(DAY.format(monday), monday, monday.plusWeeks(1)));
    int from = (int) ((long) fill.ended() * (number - 1) / DAYS);
    int to = (int) ((long) fill.ended() * number / DAYS);
    for (int chunk = from; chunk < to; chunk += CHUNK) {
      statement.execute(
          ENDED.formatted(shards, day, chunk + 1, Math.min(chunk + CHUNK, to), ended.id()));
    }
    progress.say("Filled: %d ended".formatted(to));
  }

  private Template template(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new StandaloneException("Expected a saga to copy, but there is none: " + query);
      }
      String state = row.getString(2);
      Matcher retryAt = RETRY_AT.matcher(state);
      return new Template(
          row.getObject(1, UUID.class),
          state,
          retryAt.find() ? Long.parseLong(retryAt.group(1)) : 0);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.sagas(), postgres.username(), postgres.password());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
