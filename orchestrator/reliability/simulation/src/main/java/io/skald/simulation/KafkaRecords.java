package io.skald.simulation;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.MessageHeaders;
import io.skald.orchestrator.lane.OutgoingMessage;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as the participants' Kafka client has them. */
final class KafkaRecords {

  private KafkaRecords() {}

  static ConsumerRecord<String, byte[]> consumed(Stored stored) {
    RecordHeaders headers = new RecordHeaders();
    stored.message().headers().forEachOnWire(headers::add);
    byte[] value = stored.message().value();
    return new ConsumerRecord<>(
        stored.at().topic(),
        stored.at().partition(),
        stored.offset(),
        0L,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        stored.message().key(),
        value,
        headers,
        Optional.empty());
  }

  static OutgoingMessage outgoing(ProducerRecord<String, byte[]> record) {
    MessageHeaders.Builder headers = new MessageHeaders.Builder(24);
    record.headers().forEach(header -> headers.add(header.key(), header.value()));
    return new OutgoingMessage(
        record.topic(),
        record.partition() == null ? OptionalInt.empty() : OptionalInt.of(record.partition()),
        Objects.requireNonNullElse(record.key(), ""),
        headers.build(),
        record.value());
  }
}
