package io.skald.participant;

import io.quarkus.arc.All;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Upcaster;
import io.skald.saga.message.UpcastingCodec;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

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

  private final HostedParticipants participants;
  private final Schemas schemas;
  private final CommandPipeline pipeline;

  @Inject
  ParticipantWorker(
      HostedParticipants participants,
      Schemas schemas,
      @All List<CommandFilter> filters,
      PayloadCodec codec,
      @All List<Upcaster> upcasters,
      FenceStore store,
      Transactions transactions,
      Instance<RecordSender> sender,
      Patience patience,
      ParticipantListener listener,
      ParticipantConfig config) {
    this.participants = participants;
    this.schemas = schemas;
    // The sender is looked up late: emitters can only be had once the channels are connected.
    this.pipeline =
        new CommandPipeline(
            new CommandPipeline.Ports(store, transactions, sender::get, patience, listener),
            filters,
            new UpcastingCodec(codec, upcasters),
            config.maxPayloadBytes(),
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString());
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
      pipeline.handle(service, schemas.of(service), records);
    }
  }
}
