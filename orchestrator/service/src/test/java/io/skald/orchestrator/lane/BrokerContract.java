package io.skald.orchestrator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What lanes rely on of any Kafka, behind its source and its sink. */
public abstract class BrokerContract {

  protected static final int SHARDS = 4;

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int MOST_POLLS = 400;

  protected abstract void create(String topic, int partitions) throws Exception;

  /** A new source of this one topic. */
  protected abstract InputSource source(String topic, int partitions, int maxRecords);

  protected abstract MessageSink sink();

  /** Time passes, where it does not by itself. */
  protected void pass() {}

  private static String topic(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName().replaceAll("\\W", "") + "-c";
  }

  private static OutgoingMessage message(String topic, int partition, String value) {
    return new OutgoingMessage(
        topic,
        OptionalInt.of(partition),
        "key",
        Map.of("name", "ä " + value),
        value.getBytes(StandardCharsets.UTF_8));
  }

  private void send(String topic, int partition, String... values) {
    MessageSink sink = sink();
    for (String value : values) {
      sink.sendAndWait(List.of(message(topic, partition, value)), LONG);
    }
    sink.close();
  }

  private List<Envelope> records(InputSource source, int count) {
    List<Envelope> records = new ArrayList<>();
    for (int i = 0; i < MOST_POLLS && records.size() < count; i++) {
      records.addAll(source.poll(SHORT));
      pass();
    }
    return records;
  }

  private List<String> read(InputSource source, int count) {
    return records(source, count).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  // --- the source

  @Test
  void shouldReadOnlyItsShardsFromTheirOffsets_whenAssigned(TestInfo test) throws Exception {
    // given: a topic of more partitions than shards
    String topic = topic(test);
    create(topic, 8);
    for (int partition = 0; partition < 8; partition++) {
      send(topic, partition, partition + "a", partition + "b", partition + "c");
    }
    InputSource source = source(topic, 8, 100);

    // when
    source.assign(Set.of(1), Set.of(1), Map.of(new InputPartition(topic, 1), 2L));

    // then
    assertThat(read(source, 4)).containsExactlyInAnyOrder("1c", "5a", "5b", "5c");

    // when: another shard comes, and what is read already goes on where it is
    source.assign(Set.of(1, 2), Set.of(2), Map.of(new InputPartition(topic, 2), 1L));
    send(topic, 1, "1d");

    // then
    assertThat(read(source, 6)).containsExactlyInAnyOrder("1d", "2b", "2c", "6a", "6b", "6c");

    // when: it is let go and comes back
    source.assign(Set.of(2), Set.of(), Map.of());
    source.assign(Set.of(1, 2), Set.of(1), Map.of(new InputPartition(topic, 1), 3L));

    // then
    assertThat(read(source, 4)).containsExactlyInAnyOrder("1d", "5a", "5b", "5c");
    source.close();
  }

  @Test
  void shouldReadFromTheBeginning_whenTheOffsetIsOutOfRange(TestInfo test) throws Exception {
    // given
    String topic = topic(test);
    create(topic, SHARDS);
    send(topic, 1, "a", "b");
    InputSource source = source(topic, SHARDS, 100);

    // when: the topic was lost and made anew
    source.assign(Set.of(1), Set.of(1), Map.of(new InputPartition(topic, 1), 1_000L));

    // then
    assertThat(read(source, 2)).containsExactly("a", "b");
    source.close();
  }

  @Test
  void shouldKnowHowFarItHasRead(TestInfo test) throws Exception {
    // given
    String topic = topic(test);
    create(topic, SHARDS);
    send(topic, 1, "a", "b", "c");
    InputSource source = source(topic, SHARDS, 1);
    source.assign(Set.of(1, 2), Set.of(1, 2), Map.of());

    // when
    Map<InputPartition, Long> ends = source.ends(Set.of(1, 2));

    // then
    assertThat(ends)
        .isEqualTo(Map.of(new InputPartition(topic, 1), 3L, new InputPartition(topic, 2), 0L));
    assertThat(source.hasReached(ends)).isFalse();
    send(topic, 1, "d");
    assertThat(read(source, 2)).hasSize(2);
    assertThat(source.hasReached(ends)).isFalse();
    assertThat(read(source, 1)).hasSize(1);
    assertThat(source.hasReached(ends)).isTrue();
    assertThat(source.hasReached(source.ends(Set.of(1, 2)))).isFalse();
    source.close();
  }

  // --- the sink

  private static final class Counting implements MessageSink.Receipt {
    private final List<String> acknowledged;
    private final String value;

    Counting(List<String> acknowledged, String value) {
      this.acknowledged = acknowledged;
      this.value = value;
    }

    @Override
    public void acknowledged() {
      synchronized (acknowledged) {
        acknowledged.add(value);
      }
    }

    /** Then there is one too few. */
    @Override
    public void failed(Exception cause) {}
  }

  @Test
  void shouldKeepOrder_whenItStartsOver(TestInfo test) throws Exception {
    // given
    String topic = topic(test);
    create(topic, SHARDS);
    MessageSink sink = sink();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      values.add("m" + i);
    }
    List<String> former = new ArrayList<>();
    List<String> acknowledged = new ArrayList<>();

    // when: some were handed over, and then all of them again, in order
    values.forEach(value -> sink.send(message(topic, 1, value), new Counting(former, value)));
    sink.startOver();
    values.forEach(value -> sink.send(message(topic, 1, value), new Counting(acknowledged, value)));
    InputSource source = source(topic, SHARDS, 1_000);
    source.assign(Set.of(1), Set.of(1), Map.of());
    for (int i = 0; i < MOST_POLLS && !hasAll(acknowledged, values.size()); i++) {
      source.poll(SHORT);
      pass();
    }
    sink.close();

    // then: the end of what is there is all of it in order; before it stands a part of it
    assertThat(acknowledged).isEqualTo(values);
    source.assign(Set.of(), Set.of(), Map.of());
    source.assign(Set.of(1), Set.of(1), Map.of());
    long end = source.ends(Set.of(1)).getOrDefault(new InputPartition(topic, 1), 0L);
    List<String> there = read(source, Math.toIntExact(end));
    int before = there.size() - values.size();
    assertThat(there.subList(before, there.size())).isEqualTo(values);
    assertThat(there.subList(0, before)).isEqualTo(values.subList(0, before));
    source.close();
  }

  private static boolean hasAll(List<String> acknowledged, int count) {
    synchronized (acknowledged) {
      return acknowledged.size() == count;
    }
  }

  @Test
  void shouldCarryKeyHeadersAndValue_andUseKafkasPartitioner(TestInfo test) throws Exception {
    // given
    String topic = topic(test);
    create(topic, SHARDS);
    MessageSink sink = sink();
    List<OutgoingMessage> byKey = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byKey.add(
          new OutgoingMessage(
              topic, OptionalInt.empty(), "kä-" + i, Map.of("h", "ü"), new byte[] {1, 2}));
    }
    sink.sendAndWait(byKey, LONG);
    sink.close();

    // when
    InputSource source = source(topic, SHARDS, 1_000);
    source.assign(Set.of(0, 1, 2, 3), Set.of(0, 1, 2, 3), Map.of());
    List<Envelope> records = records(source, 50);

    // then
    assertThat(records).hasSize(50);
    for (Envelope record : records) {
      assertThat(record.from().partition())
          .isEqualTo(new ShardMap(SHARDS).ofKey(record.key().orElseThrow()));
      assertThat(record.headers()).isEqualTo(Map.of("h", "ü"));
      assertThat(record.value()).containsExactly(1, 2);
    }
    source.close();
  }
}
