package io.skald.chaos.recovery;

import static java.util.stream.Collectors.toSet;

import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.standalone.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until nothing moves any more: no saga is active, no order waits to be published,
 * orchestrators and participants have read all that lies on their topics, and for some seconds no
 * topic and no journal has grown.
 */
public final class Rest {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int QUIET_LOOKS = 6;

  /** Behind the name of a participant, which is its consumer group's too. */
  private static final String COMMANDS = "-commands";

  private final ChaosStack stack;
  private final Progress progress;

  public Rest(ChaosStack stack, Progress progress) {
    this.stack = stack;
    this.progress = progress;
  }

  /** What there is to do, and how much has been done. */
  private record Look(long active, long unpublished, long unread, long journal, long records) {

    static final Look NONE = new Look(-1, 0, 0, 0, 0);

    boolean isQuietSince(Look before) {
      return active == 0 && unpublished == 0 && unread == 0 && equals(before);
    }
  }

  /** Returns whether it has come to rest within this time. */
  public boolean await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    Look last = Look.NONE;
    int quiet = 0;
    while (System.nanoTime() < end) {
      Look now = look();
      quiet = now.isQuietSince(last) ? quiet + 1 : 0;
      if (quiet == QUIET_LOOKS) {
        return true;
      }
      last = now;
      Thread.sleep(LOOK);
    }
    progress.say("not at rest: " + last);
    return false;
  }

  private Look look() throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      long active = number(Host.ORCHESTRATOR, "select count(*) from saga where status <> 'PARKED'");
      long unpublished =
          stack.hosts().contains(Host.ORDER)
              ? number(Host.ORDER, "select count(*) from orders.purchase where not published")
              : 0;
      long journal = number(Host.ORCHESTRATOR, "select sum(journal_seq) from shard");
      Backlog backlog = Backlog.read(admin);
      Map<TopicPartition, Long> byShards = readByShards();
      Set<String> participants = stack.participants().keySet();
      long unread =
          backlog.behind(topics(byShards), byShards)
              + backlog.behind(
                  participants.stream().map(name -> name + COMMANDS).collect(toSet()),
                  Backlog.committed(admin, participants));
      return new Look(active, unpublished, unread, journal, backlog.records());
    } catch (SQLException | ExecutionException | TimeoutException away) {
      progress.say("can't look yet: " + away.getMessage());
      return Look.NONE;
    }
  }

  private long number(Host host, String sql) throws SQLException {
    try (Connection connection = stack.connect(host);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What the shards have committed, of each partition that they read. */
  private Map<TopicPartition, Long> readByShards() throws SQLException {
    Map<TopicPartition, Long> read = new HashMap<>();
    try (Connection connection = stack.connect(Host.ORCHESTRATOR);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select o.key, o.value::bigint from shard, json_each_text(offsets::json) o")) {
      while (row.next()) {
        String partition = row.getString(1);
        int slash = partition.lastIndexOf('/');
        read.put(
            new TopicPartition(
                partition.substring(0, slash), Integer.parseInt(partition.substring(slash + 1))),
            row.getLong(2));
      }
    }
    return read;
  }

  private static Set<String> topics(Map<TopicPartition, Long> read) {
    return read.keySet().stream().map(TopicPartition::topic).collect(toSet());
  }
}
