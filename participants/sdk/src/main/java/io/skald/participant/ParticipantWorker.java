package io.skald.participant;

import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Runs the commands of one poll: fence, handlers and recorded replies in the participant's own
 * transaction, then the replies to Kafka. Returning means that Kafka has acknowledged every reply
 * and dead letter of the batch, so that its offsets may be committed.
 *
 * <p>Nothing is skipped: while the database or Kafka is away the call does not return, but tries
 * again with growing pauses. After a crash the batch is delivered again, and what had been done is
 * answered from the fence. Called from many threads; batches of one partition one after another.
 */
@Singleton
public final class ParticipantWorker {

  /**
   * Runs a batch from a participant's command topic; the topic's name says which participant.
   *
   * @throws IllegalStateException when no {@link ParticipantService} bean has that topic, or the
   *     application is shutting down: then the batch must not be acknowledged
   */
  public void handle(ConsumerRecords<String, byte[]> batch) {
    throw new UnsupportedOperationException("not yet");
  }
}
