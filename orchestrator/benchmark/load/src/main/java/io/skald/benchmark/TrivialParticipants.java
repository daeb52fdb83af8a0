package io.skald.benchmark;

import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.WireHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Payment, inventory and shipping on one thread, by the wire contract, as cheap as can be: every
 * command is answered at once, replies are not waited for, and there is no fence: a command that
 * comes twice is answered twice, and counted once as long as its first coming is remembered.
 * Commands from before the start are not seen.
 */
final class TrivialParticipants implements AutoCloseable {
  static final String NAME = "bench-participants";

  private static final Duration POLL = Duration.ofMillis(500);
  private static final byte[] SPEC_VERSION = bytes("1.0");
  private static final byte[] DATA_VERSION = bytes("1");
  private static final byte[] JSON = bytes("application/json");

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Role, Counts> counts = new EnumMap<>(Role.class);
  private final Recent recent = new Recent();
  private final LongAdder unreadable = new LongAdder();
  private final Latencies lateness = new Latencies();
  private final Thread thread;

  /** Who takes part. */
  enum Role {
    PAYMENT("bench-payment"),
    INVENTORY("bench-inventory"),
    SHIPPING("bench-shipping");

    private final String commands;
    private final String events;
    private final byte[] source;

    Role(String name) {
      Participant participant = Participant.named(name);
      this.commands = participant.commands().name();
      this.events = participant.events().name();
      this.source = bytes(name);
    }
  }

  /** What one participant has done so far. */
  private static final class Counts {
    final LongAdder done = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder undone = new LongAdder();
  }

  /**
   * What one participant has done so far.
   *
   * @param done actions that succeeded
   * @param refused actions that can't be done
   * @param failed attempts that failed as something that passes
   * @param undone compensations
   */
  record Done(long done, long refused, long failed, long undone) {}

  private TrivialParticipants(
      KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
    this.consumer = consumer;
    this.producer = producer;
    for (Role role : Role.values()) {
      counts.put(role, new Counts());
    }
    this.thread = Thread.ofPlatform().daemon().name(NAME).unstarted(this::run);
  }

  /** Their topics must be there. Returns when no command from now on can be missed. */
  static TrivialParticipants start(String kafka) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.CLIENT_ID_CONFIG,
                NAME,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.SEND_BUFFER_CONFIG,
                -1,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    List<String> topics = Arrays.stream(Role.values()).map(role -> role.commands).toList();
    TrivialParticipants participants =
        new TrivialParticipants(TopicTail.at(kafka, topics), producer);
    participants.thread.start();
    return participants;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Map<Role, Done> done() {
    Map<Role, Done> all = new EnumMap<>(Role.class);
    counts.forEach(
        (role, count) ->
            all.put(
                role,
                new Done(
                    count.done.sum(),
                    count.refused.sum(),
                    count.failed.sum(),
                    count.undone.sum())));
    return all;
  }

  /** Commands that could not be answered. */
  long unreadable() {
    return unreadable.sum();
  }

  private void run() {
    try (consumer;
        producer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> command : consumer.poll(POLL)) {
          answer(command);
        }
      }
    } catch (WakeupException closed) {
      // What close() asked for.
    }
  }

  private void answer(ConsumerRecord<byte[], byte[]> command) {
    Role role = roleOf(command.topic());
    try {
      TrivialAnswers.Answer answer =
          TrivialAnswers.to(
              text(command, WireHeaders.TYPE),
              Integer.parseInt(text(command, WireHeaders.ATTEMPT)),
              text(command, WireHeaders.SUBJECT),
              command.value());
      noteLateness(command);
      if (recent.isNew(
          text(command, WireHeaders.IDEMPOTENCY_KEY) + text(command, WireHeaders.ATTEMPT))) {
        count(role, text(command, WireHeaders.PHASE), answer.outcome());
      }
      producer.send(reply(role.events, role.source, command, answer));
    } catch (IOException | IllegalArgumentException e) {
      unreadable.increment();
    }
  }

  /** How late the commands of timers came whose keys say when they were due. */
  Histogram lateness() {
    return lateness.interval();
  }

  private void noteLateness(ConsumerRecord<byte[], byte[]> command) {
    String key = text(command, WireHeaders.SUBJECT);
    if (key.startsWith(Filler.TIMER_KEY) && text(command, WireHeaders.ATTEMPT).equals("2")) {
      long due = Long.parseLong(key.split("-", 3)[1]);
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - due;
      lateness.record(TimeUnit.MICROSECONDS.toNanos(micros));
    }
  }

  private void count(Role role, String phase, Outcome outcome) {
    Counts of = counts.get(role);
    if (of == null) {
      throw new IllegalArgumentException("Expected a participant of the bench: " + role);
    }
    switch (outcome) {
      case SUCCEEDED -> (phase.equals(Phase.ACTION.wireName()) ? of.done : of.undone).increment();
      case REJECTED -> of.refused.increment();
      case FAILED -> of.failed.increment();
    }
  }

  /** By the wire contract: it says again where its command belongs. */
  static ProducerRecord<byte[], byte[]> reply(
      String topic,
      byte[] source,
      ConsumerRecord<byte[], byte[]> command,
      TrivialAnswers.Answer answer) {
    RecordHeaders headers = new RecordHeaders();
    int shard = command.partition();
    for (Header header : command.headers()) {
      switch (header.key()) {
        case WireHeaders.SAGA_ID,
            WireHeaders.STEP,
            WireHeaders.PHASE,
            WireHeaders.ATTEMPT,
            WireHeaders.IDEMPOTENCY_KEY,
            WireHeaders.CORRELATION_ID,
            WireHeaders.SUBJECT,
            WireHeaders.TRACE_PARENT ->
            headers.add(header);
        case WireHeaders.SHARD -> {
          shard = Integer.parseInt(text(header));
          headers.add(header);
        }
        case WireHeaders.ID -> {
          headers.add(WireHeaders.CAUSATION_ID, header.value());
          headers.add(WireHeaders.ID, bytes(text(header) + "-reply"));
        }
        default -> {
          // What the command says of itself.
        }
      }
    }
    headers.add(WireHeaders.SPEC_VERSION, SPEC_VERSION);
    headers.add(WireHeaders.TYPE, bytes(answer.type()));
    headers.add(WireHeaders.DATA_VERSION, DATA_VERSION);
    headers.add(WireHeaders.SOURCE, source);
    headers.add(WireHeaders.TIME, bytes(Instant.now().toString()));
    headers.add(WireHeaders.CONTENT_TYPE, JSON);
    headers.add(WireHeaders.OUTCOME, bytes(answer.outcome().wireName()));
    if (answer.outcome() != Outcome.SUCCEEDED) {
      headers.add(WireHeaders.ERROR_CODE, bytes(answer.code()));
      headers.add(WireHeaders.ERROR_MESSAGE, bytes(answer.message()));
    }
    return new ProducerRecord<>(topic, shard, command.key(), bytes(answer.payload()), headers);
  }

  private static Role roleOf(String topic) {
    for (Role role : Role.values()) {
      if (role.commands.equals(topic)) {
        return role;
      }
    }
    throw new IllegalArgumentException("Expected a topic of the bench: " + topic);
  }

  private static String text(ConsumerRecord<byte[], byte[]> command, String name) {
    Header header = command.headers().lastHeader(name);
    return header == null ? "" : text(header);
  }

  private static String text(Header header) {
    return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
