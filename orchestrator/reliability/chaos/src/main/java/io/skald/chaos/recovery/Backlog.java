package io.skald.chaos.recovery;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * How much lay on the topics at a moment, and how much of it nobody had read.
 *
 * @param ends the offset behind the last record of each partition
 */
record Backlog(Map<TopicPartition, Long> ends) {

  private static final int PATIENCE_SECONDS = 10;

  Backlog {
    ends = Map.copyOf(ends);
  }

  /** All topics as they are now. */
  static Backlog read(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<TopicPartition> partitions =
        admin
            .describeTopics(admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .allTopicNames()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .values()
            .stream()
            .flatMap(topic -> partitions(topic).stream())
            .toList();
    return new Backlog(
        admin
            .listOffsets(partitions.stream().collect(toMap(one -> one, one -> OffsetSpec.latest())))
            .all()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .entrySet()
            .stream()
            .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset())));
  }

  /** What consumer groups that have no topic in common have committed. */
  static Map<TopicPartition, Long> committed(Admin admin, Collection<String> groups)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    admin
        .listConsumerGroupOffsets(
            groups.stream()
                .collect(toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())))
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .values()
        .forEach(
            offsets ->
                offsets.forEach((partition, offset) -> committed.put(partition, offset.offset())));
    return committed;
  }

  long records() {
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How many records of these topics lie behind what has been read.
   *
   * @param read the offset to go on from; a partition that is not named has not been read at all
   */
  long behind(Set<String> topics, Map<TopicPartition, Long> read) {
    return ends.entrySet().stream()
        .filter(end -> topics.contains(end.getKey().topic()))
        .mapToLong(end -> end.getValue() - read.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .toList();
  }
}
