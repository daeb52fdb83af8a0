package io.skald.chaos.recovery;

import io.skald.chaos.nemesis.FaultListener;
import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.nemesis.PlannedFault;
import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.standalone.PostgresNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at the sagas' progress five times a second, past all proxies. Thread-safe. */
public final class RecoveryWatch implements FaultListener, AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String QUICKLY = "?connectTimeout=2&socketTimeout=2";

  private final PostgresNode postgres;
  private final ReplyTail replies;
  private final Recoveries recoveries = new Recoveries();
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Connection connection;

  public RecoveryWatch(ChaosStack stack) {
    postgres = stack.postgres();
    replies =
        new ReplyTail(
            stack.bootstrapServers(),
            stack.hosts().stream().filter(host -> !host.isOrchestrator()).toList());
    Thread.ofPlatform().name("recoveries").start(this::run);
  }

  @Override
  public void begun(PlannedFault fault) {
    recoveries.begun(fault);
  }

  @Override
  public void cameToNothing(PlannedFault fault) {
    recoveries.cameToNothing(fault);
  }

  /** From now on it is awaited that what it hit moves. */
  @Override
  public void over(Inflicted inflicted) {
    recoveries.over(inflicted, Instant.now());
  }

  public List<Recovered> recovered() {
    return recoveries.recovered();
  }

  /** The faults after which not everything has moved yet. */
  public List<Inflicted> unrecovered() {
    return recoveries.unrecovered();
  }

  @Override
  public void close() {
    ended.countDown();
    replies.close();
  }

  private void run() {
    try {
      while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant now = Instant.now();
        Map<Host, Long> answered = replies.counts();
        recoveries.see(new Sighting(now, shards(), answered));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  private Map<Integer, Sighting.Shard> shards() {
    try (Statement statement = connected().createStatement();
        ResultSet rows = statement.executeQuery("select id, owner, journal_seq from shard")) {
      Map<Integer, Sighting.Shard> shards = new HashMap<>();
      while (rows.next()) {
        shards.put(rows.getInt(1), new Sighting.Shard(rows.getString(2), rows.getLong(3)));
      }
      return shards;
    } catch (SQLException away) {
      disconnect();
      return Map.of();
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open =
          DriverManager.getConnection(
              postgres.jdbcUrl(Host.ORCHESTRATOR.database()) + QUICKLY,
              postgres.username(),
              postgres.password());
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException gone) {
        // That is how it came here.
      }
    }
  }
}
