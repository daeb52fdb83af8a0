package io.skald.participant;

import io.skald.participant.Reading.Readable;
import io.skald.participant.Reading.Unreadable;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.crash.CrashPoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * What a participant does with the commands of a poll, without any container: reads them, asks its
 * fence, runs handlers and records replies in one transaction, and publishes the replies.
 *
 * <p>A crash at any point is survived by handling the same records again: what had been committed
 * is answered from the fence. May be called from many threads at a time, but for one partition from
 * one after another, in order.
 */
public final class CommandPipeline {

  private static final Logger LOG = Logger.getLogger(CommandPipeline.class);

  /**
   * The outside world.
   *
   * @param sender asked for late: there may be none before the first command comes
   */
  public record Ports(
      FenceStore store,
      Transactions transactions,
      Supplier<? extends RecordSender> sender,
      Patience patience,
      ParticipantListener listener) {}

  private final Ports ports;
  private final List<CommandFilter> filters;
  private final PayloadCodec codec;
  private final CommandReader reader;
  private final Answers answers;
  private final BatchRunner runner;
  private final ReplyFactory replies;

  /**
   * @param maxPayloadBytes the largest payload that is read or answered with
   * @param clock what replies are stamped with
   * @param ids makes the ids of replies
   */
  public CommandPipeline(
      Ports ports,
      List<CommandFilter> filters,
      PayloadCodec codec,
      int maxPayloadBytes,
      Clock clock,
      Supplier<String> ids) {
    this.ports = ports;
    this.filters = List.copyOf(filters);
    this.codec = codec;
    this.reader = new CommandReader(codec, maxPayloadBytes);
    this.answers = new Answers(codec, maxPayloadBytes);
    this.runner = new BatchRunner(ports.store(), ports.transactions(), answers, codec);
    this.replies = new ReplyFactory(clock, ids);
  }

  /**
   * Runs commands of one participant in their order. When it returns, every answer is durable and
   * every reply and dead letter acknowledged.
   *
   * @param schema where the participant's fence rows are
   * @throws RetryBatchException where the patience lets it pass: then run them again
   */
  public void handle(
      ParticipantService service, String schema, List<ConsumerRecord<String, byte[]>> records) {
    CrashPoint.PARTICIPANT_BATCH_TAKEN.reached();
    String who = "Participant " + service + ": ";
    List<Reading> readings =
        ports.patience().insist(who + "reading commands", () -> readAll(service, records));
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
      List<Answer> settled =
          ports
              .patience()
              .insist(
                  who + "running " + deliveries.size() + " commands",
                  () -> runner.run(schema, deliveries));
      for (int i = 0; i < settled.size(); i++) {
        outgoing.put(places.get(i), reply(service, deliveries.get(i), settled.get(i)));
      }
    }
    List<ProducerRecord<String, byte[]>> out = outgoing.inOrder();
    if (!out.isEmpty()) {
      ports
          .patience()
          .insist(
              who + "publishing " + out.size() + " replies",
              () -> {
                ports.sender().get().send(out);
                return true;
              });
      CrashPoint.PARTICIPANT_AFTER_REPLIES.reached();
    }
  }

  private List<Reading> readAll(
      ParticipantService service, List<ConsumerRecord<String, byte[]>> records) {
    String events = service.participant().events().name();
    RecordSender topics = ports.sender().get();
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
    ports.listener().answered(service, answer.outcome(), answer.repeated());
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
    ports.listener().deadLettered(service, unreadable.reason().name());
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
