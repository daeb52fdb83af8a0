package io.skald.participant;

import io.quarkus.arc.All;
import io.skald.participant.Reading.Readable;
import io.skald.participant.Reading.Unreadable;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.crash.CrashPoint;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Runs the commands of one poll: fence, handlers and recorded replies in the participant's own
 * transaction, then the replies to Kafka. Returning means that Kafka has acknowledged every reply
 * and dead letter of the batch, so that its offsets may be committed.
 *
 * <p>Nothing is skipped: while the database or Kafka is away the call does not return, but tries
 * again with growing pauses. After a crash the batch is delivered again, and what had been done is
 * answered from the fence. May be called from many threads at a time, but for one partition from
 * one after another, in order: {@code @Blocking} on the method that takes the batch sees to that.
 */
@Singleton
public final class ParticipantWorker {

  private static final Logger LOG = Logger.getLogger(ParticipantWorker.class);

  private final HostedParticipants participants;
  private final Schemas schemas;
  private final List<CommandFilter> filters;
  private final PayloadCodec codec;
  private final CommandReader reader;
  private final Answers answers;
  private final BatchRunner runner;
  private final ReplyFactory replies;

  /** Looked up late: emitters can only be had once the channels are connected. */
  private final Instance<RecordSender> sender;

  private final Patience patience;
  private final ParticipantMetrics metrics;

  @Inject
  ParticipantWorker(
      HostedParticipants participants,
      Schemas schemas,
      @All List<CommandFilter> filters,
      PayloadCodec codec,
      FenceStore store,
      Transactions transactions,
      Instance<RecordSender> sender,
      Patience patience,
      ParticipantMetrics metrics,
      ParticipantConfig config) {
    this.participants = participants;
    this.schemas = schemas;
    this.filters = List.copyOf(filters);
    this.codec = codec;
    this.reader = new CommandReader(codec, config.maxPayloadBytes());
    this.answers = new Answers(codec, config.maxPayloadBytes());
    this.runner = new BatchRunner(store, transactions, answers, codec);
    this.replies = new ReplyFactory(Clock.systemUTC(), () -> UUID.randomUUID().toString());
    this.sender = sender;
    this.patience = patience;
    this.metrics = metrics;
  }

  /**
   * Runs a batch from a participant's command topic; the topic's name says which participant.
   *
   * @throws IllegalStateException when no {@link ParticipantService} bean has that topic, or the
   *     application is shutting down: then the batch must not be acknowledged
   */
  public void handle(ConsumerRecords<String, byte[]> batch) {
    for (String topic :
        batch.partitions().stream().map(TopicPartition::topic).distinct().toList()) {
      ParticipantService service =
          participants
              .of(topic)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "Expected a ParticipantService bean for topic '"
                              + topic
                              + "', but found none"));
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      batch.records(topic).forEach(records::add);
      handle(service, records);
    }
  }

  private void handle(ParticipantService service, List<ConsumerRecord<String, byte[]>> records) {
    CrashPoint.PARTICIPANT_BATCH_TAKEN.reached();
    String who = "Participant " + service + ": ";
    List<Reading> readings =
        patience.insist(who + "reading commands", () -> readAll(service, records));
    Outgoing outgoing = new Outgoing(records.size());
    List<Integer> places = new ArrayList<>(records.size());
    List<Delivery<?, ?>> deliveries = new ArrayList<>(records.size());
    for (int i = 0; i < readings.size(); i++) {
      switch (readings.get(i)) {
        case Unreadable unreadable ->
            outgoing.put(i, deadLetter(service, records.get(i), unreadable));
        case Readable(Delivery<?, ?> delivery) -> {
          Filtered filtered = filter(delivery);
          if (filtered.failure().isPresent()) {
            outgoing.put(i, reply(service, delivery, filtered.failure().get()));
          } else if (filtered.disposition() == Disposition.PROCEED) {
            places.add(i);
            deliveries.add(delivery);
          }
        }
      }
    }
    if (!deliveries.isEmpty()) {
      String schema = schemas.of(service);
      List<Answer> settled =
          patience.insist(
              who + "running " + deliveries.size() + " commands",
              () -> runner.run(schema, deliveries));
      for (int i = 0; i < settled.size(); i++) {
        outgoing.put(places.get(i), reply(service, deliveries.get(i), settled.get(i)));
      }
    }
    List<ProducerRecord<String, byte[]>> out = outgoing.inOrder();
    if (!out.isEmpty()) {
      patience.insist(
          who + "publishing " + out.size() + " replies",
          () -> {
            sender.get().send(out);
            return true;
          });
      CrashPoint.PARTICIPANT_AFTER_REPLIES.reached();
    }
  }

  private List<Reading> readAll(
      ParticipantService service, List<ConsumerRecord<String, byte[]>> records) {
    String events = service.participant().events().name();
    RecordSender topics = sender.get();
    IntPredicate isPartition = shard -> isPartition(topics, events, shard);
    return records.stream().map(record -> reader.read(service, record, isPartition)).toList();
  }

  private static boolean isPartition(RecordSender topics, String topic, int partition) {
    if (partition < topics.partitions(topic)) {
      return true;
    }
    topics.refresh(topic);
    return partition < topics.partitions(topic);
  }

  private Filtered filter(Delivery<?, ?> delivery) {
    CommandContext context = new DeliveryContext(delivery, Optional.empty(), codec);
    try {
      for (CommandFilter filter : filters) {
        Disposition disposition = filter.before(context);
        if (disposition != Disposition.PROCEED) {
          return new Filtered(disposition, Optional.empty());
        }
      }
      return new Filtered(Disposition.PROCEED, Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in a command filter", e);
    } catch (Exception e) {
      return new Filtered(Disposition.PROCEED, Optional.of(answers.failed(delivery, e)));
    }
  }

  private ProducerRecord<String, byte[]> reply(
      ParticipantService service, Delivery<?, ?> delivery, Answer answer) {
    metrics.answered(service, answer);
    if (answer.outcome() == Outcome.FAILED) {
      LOG.warnf(
          "Participant %s: saga %s, step %s, %s failed at attempt %d: %s",
          service,
          delivery.idempotencyKey().saga(),
          delivery.idempotencyKey().step(),
          delivery.phase().wireName(),
          delivery.attempt(),
          answer.problem().map(Problem::toString).orElse(""));
    }
    return replies.reply(service.participant(), delivery, answer);
  }

  private ProducerRecord<String, byte[]> deadLetter(
      ParticipantService service, ConsumerRecord<String, byte[]> record, Unreadable unreadable) {
    metrics.deadLettered(service, unreadable.reason());
    LOG.warnf(
        "Participant %s: record %s-%d@%d goes to the dead letters, %s: %s",
        service,
        record.topic(),
        record.partition(),
        record.offset(),
        unreadable.reason(),
        unreadable.detail());
    return DeadLetters.of(record, unreadable);
  }

  private record Filtered(Disposition disposition, Optional<Answer> failure) {}

  /** What goes out, in the order of what came in. */
  private static final class Outgoing {
    private final List<Optional<ProducerRecord<String, byte[]>>> records;

    Outgoing(int size) {
      records = new ArrayList<>(Collections.nCopies(size, Optional.empty()));
    }

    void put(int place, ProducerRecord<String, byte[]> record) {
      records.set(place, Optional.of(record));
    }

    List<ProducerRecord<String, byte[]>> inOrder() {
      return records.stream().flatMap(Optional::stream).toList();
    }
  }
}
