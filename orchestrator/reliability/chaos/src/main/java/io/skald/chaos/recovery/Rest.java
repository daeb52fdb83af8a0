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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until nothing moves any more: no saga is active, no order waits to be published, the
 * orchestrators have read all that lies on their topics, and for some seconds no topic and no
 * journal has grown.
 */
public final class Rest {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int QUIET_LOOKS = 6;

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
    try {
      long active = number(Host.ORCHESTRATOR, "select count(*) from saga where status not in ('PARKED', 'QUEUED')");
      long unpublished =
          stack.hosts().contains(Host.ORDER)
              ? number(Host.ORDER, "select count(*) from orders.purchase where not published")
              : 0;
      long journal = number(Host.ORCHESTRATOR, "select sum(journal_seq) from shard");
      Map<TopicPartition, Long> ends = ends();
      long records = ends.values().stream().mapToLong(Long::longValue).sum();
      return new Look(active, unpublished, unread(ends), journal, records);
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

  /** What lies behind the offsets that the shards have committed, on the topics that they read. */
  private long unread(Map<TopicPartition, Long> ends) throws SQLException {
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
    Set<String> topics = read.keySet().stream().map(TopicPartition::topic).collect(toSet());
    return ends.entrySet().stream()
        .filter(end -> topics.contains(end.getKey().topic()))
        .mapToLong(end -> end.getValue() - read.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private Map<TopicPartition, Long> ends()
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      List<TopicPartition> partitions =
          admin
              .describeTopics(admin.listTopics().names().get(10, TimeUnit.SECONDS))
              .allTopicNames()
              .get(10, TimeUnit.SECONDS)
              .values()
              .stream()
              .flatMap(topic -> partitions(topic).stream())
              .toList();
      return admin
          .listOffsets(
              partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())))
          .all()
          .get(10, TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .toList();
  }
}
