package io.skald.participant;

import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Builds command records as the orchestrator would send them; immutable. */
record CommandRecords(
    String topic, int partition, String key, byte[] value, Map<String, String> headers) {

  static CommandRecords action(String participant, SagaId saga, String type, String json) {
    return command(participant, saga, Phase.ACTION, type, json);
  }

  static CommandRecords compensation(String participant, SagaId saga, String type, String json) {
    return command(participant, saga, Phase.COMPENSATION, type, json);
  }

  private static CommandRecords command(
      String participant, SagaId saga, Phase phase, String type, String json) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(WireHeaders.SPEC_VERSION, "1.0");
    headers.put(WireHeaders.ID, UUID.randomUUID().toString());
    headers.put(WireHeaders.TYPE, type);
    headers.put(WireHeaders.DATA_VERSION, "1");
    headers.put(WireHeaders.SOURCE, "orchestrator");
    headers.put(WireHeaders.SUBJECT, "ORD-" + saga);
    headers.put(WireHeaders.SAGA_ID, saga.toString());
    headers.put(WireHeaders.STEP, "payment");
    headers.put(WireHeaders.PHASE, phase.wireName());
    headers.put(WireHeaders.ATTEMPT, "1");
    headers.put(WireHeaders.SHARD, "0");
    headers.put(
        WireHeaders.IDEMPOTENCY_KEY,
        new IdempotencyKey(saga, new StepName("payment"), phase).toString());
    headers.put(WireHeaders.CORRELATION_ID, saga.toString());
    headers.put(
        WireHeaders.TRACE_PARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    return new CommandRecords(
        participant + "-commands",
        0,
        "ORD-" + saga,
        json.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  CommandRecords header(String name, String text) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, text);
    return new CommandRecords(topic, partition, key, value, changed);
  }

  CommandRecords without(String name) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(name);
    return new CommandRecords(topic, partition, key, value, changed);
  }

  CommandRecords value(byte[] other) {
    return new CommandRecords(topic, partition, key, other, headers);
  }

  /** The same step for one item of a {@code forEach}. */
  CommandRecords item(String item) {
    String key = Objects.requireNonNull(headers.get(WireHeaders.IDEMPOTENCY_KEY));
    return header(WireHeaders.ITEM, item)
        .header(WireHeaders.IDEMPOTENCY_KEY, key.replace("/payment/", "/payment/" + item + "/"));
  }

  CommandRecords attempt(int attempt) {
    return header(WireHeaders.ATTEMPT, Integer.toString(attempt))
        .header(WireHeaders.ID, UUID.randomUUID().toString());
  }

  CommandRecords shard(int shard) {
    return header(WireHeaders.SHARD, Integer.toString(shard));
  }

  CommandRecords keyed(String otherKey) {
    return new CommandRecords(topic, partition, otherKey, value, headers);
  }

  String id() {
    return Optional.ofNullable(headers.get(WireHeaders.ID)).orElseThrow();
  }

  ConsumerRecord<String, byte[]> consumed() {
    return new ConsumerRecord<>(
        topic,
        partition,
        17L,
        0L,
        TimestampType.CREATE_TIME,
        key.length(),
        value.length,
        key,
        value,
        recordHeaders(),
        Optional.empty());
  }

  ProducerRecord<String, byte[]> produced() {
    return new ProducerRecord<>(topic, partition, key, value, recordHeaders());
  }

  private RecordHeaders recordHeaders() {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
    return all;
  }
}
