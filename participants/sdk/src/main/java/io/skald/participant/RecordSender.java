package io.skald.participant;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Hands records to Kafka. Records of one partition keep their order within a call. Not called
 * inside a transaction.
 */
public interface RecordSender {

  /**
   * Returns when Kafka has acknowledged all of them.
   *
   * @throws RetryBatchException when it has not; some of them may have been written
   */
  void send(List<ProducerRecord<String, byte[]>> records);

  /**
   * How many partitions a topic has.
   *
   * @throws RetryBatchException when Kafka is away or has no such topic
   */
  int partitions(String topic);

  /** Has the topic's partitions looked up anew: they may have become more. */
  void refresh(String topic);
}
