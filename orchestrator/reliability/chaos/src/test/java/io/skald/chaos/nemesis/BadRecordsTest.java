package io.skald.chaos.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BadRecordsTest {

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final BadRecords records = new BadRecords(consumer, producer);

  @BeforeEach
  void topics() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (String topic : BadRecords.TOPICS) {
      consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
      offsets.put(new TopicPartition(topic, 0), 0L);
    }
    consumer.updateBeginningOffsets(offsets);
    consumer.updateEndOffsets(offsets);
  }

  @Test
  void shouldComeToNothing_whenThereIsNothingToCopyYet() {
    assertThat(records.duplicate(new Random(1))).isFalse();
    assertThat(records.corrupt(new Random(1))).isFalse();
  }

  @Test
  void shouldComeToNothing_whenKafkaIsAway() {
    consumer.setPollException(new KafkaException("away"));
    assertThat(records.duplicate(new Random(1))).isFalse();
  }

  @Test
  void shouldComeToNothing_whenKafkaDoesNotTakeIt() {
    aRecordComes();
    producer.sendException = new TimeoutException("away");
    assertThat(records.corrupt(new Random(1))).isFalse();
  }

  @Test
  void shouldComeAbout_whenKafkaHasTakenOne() {
    aRecordComes();
    assertThat(records.corrupt(new Random(1))).isTrue();
    aRecordComes();
    assertThat(records.duplicate(new Random(1))).isTrue();
    assertThat(producer.history()).isNotEmpty();
  }

  private void aRecordComes() {
    consumer.schedulePollTask(
        () -> {
          TopicPartition first = consumer.assignment().iterator().next();
          consumer.addRecord(
              new ConsumerRecord<>(
                  first.topic(), first.partition(), 0, new byte[] {1}, new byte[] {2}));
        });
  }
}
