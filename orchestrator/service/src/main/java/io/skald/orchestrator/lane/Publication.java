package io.skald.orchestrator.lane;

import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.Transition;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * How far the journal of one shard has been acknowledged by Kafka. The journal is the outbox: what
 * is committed is sent in the order of its sequence, and everything up to the watermark has
 * arrived.
 *
 * <p>The lane hands transitions over; receipts come on the sink's thread. Thread-safe.
 */
final class Publication {

  private final MessageSink sink;
  private final InstantSource clock;
  private final Duration late;
  private final BiConsumer<SagaId, Input> onLate;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long watermark;
  private int unacknowledged;
  private Optional<Exception> failure = Optional.empty();

  /**
   * @param onLate told of each command that Kafka acknowledged late; called on the sink's thread
   */
  Publication(
      long watermark,
      MessageSink sink,
      InstantSource clock,
      Duration late,
      BiConsumer<SagaId, Input> onLate) {
    this.watermark = watermark;
    this.sink = sink;
    this.clock = clock;
    this.late = late;
    this.onLate = onLate;
  }

  /** Sends the messages of a committed transition. Calls come in the order of {@code seq}. */
  void publish(long seq, Transition transition, List<OutgoingMessage> messages) {
    Pending entry = new Pending(seq, transition, messages.size());
    synchronized (this) {
      pending.add(entry);
      unacknowledged += messages.size();
      if (messages.isEmpty()) {
        advance();
      }
    }
    for (OutgoingMessage message : messages) {
      sink.send(message, entry);
    }
  }

  /** The sequence number up to which everything is in Kafka. */
  synchronized long watermark() {
    return watermark;
  }

  synchronized int unacknowledged() {
    return unacknowledged;
  }

  /** Whether something that was decided long ago has not arrived: timeouts must stand still. */
  synchronized boolean isBehind() {
    Pending oldest = pending.peek();
    return oldest != null && oldest.transition.at().plus(late).isBefore(clock.instant());
  }

  /** Why a message was given up; then everything above the watermark must be sent again. */
  synchronized Optional<Exception> failure() {
    return failure;
  }

  private void advance() {
    while (!pending.isEmpty() && pending.peek().missing == 0) {
      watermark = pending.remove().seq;
    }
  }

  private final class Pending implements MessageSink.Receipt {

    private final long seq;
    private final Transition transition;
    private int missing;

    Pending(long seq, Transition transition, int missing) {
      this.seq = seq;
      this.transition = transition;
      this.missing = missing;
    }

    @Override
    public void acknowledged() {
      boolean complete;
      synchronized (Publication.this) {
        missing--;
        unacknowledged--;
        complete = missing == 0;
        if (complete) {
          advance();
        }
      }
      if (complete) {
        reportLate();
      }
    }

    @Override
    public void failed(Exception cause) {
      synchronized (Publication.this) {
        unacknowledged--;
        failure = Optional.of(cause);
      }
    }

    private void reportLate() {
      Instant now = clock.instant();
      if (!transition.at().plus(late).isBefore(now)) {
        return;
      }
      for (JournalEntry entry : transition.entries()) {
        if (entry instanceof JournalEntry.CommandIssued issued) {
          onLate.accept(
              transition.saga(),
              new Input.CommandPublished(
                  "published-late", issued.step(), issued.phase(), issued.attempts().number()));
        }
      }
    }
  }
}
