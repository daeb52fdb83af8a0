package io.skald.orchestrator.lane;

import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.Transition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.crash.CrashPoint;
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
   * @param onLate told of each command that Kafka acknowledged late, before it counts as published;
   *     called on the sink's thread
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

  /**
   * Sends the messages of a committed transition. Calls come in the order of {@code seq}. Once a
   * message was given up nothing more is sent: all of it is sent again anyway, and while Kafka is
   * away each message would cost the sink's patience.
   */
  void publish(long seq, Transition transition, List<OutgoingMessage> messages) {
    Pending entry = new Pending(seq, transition, messages.size());
    synchronized (this) {
      if (failure.isPresent()) {
        return;
      }
      pending.add(entry);
      unacknowledged += messages.size();
      if (messages.isEmpty()) {
        advance();
      }
    }
    for (OutgoingMessage message : messages) {
      if (failure().isPresent()) {
        return;
      }
      sink.send(message, entry);
    }
  }

  /** The sequence number up to which everything is in Kafka. */
  synchronized long watermark() {
    return watermark;
  }

  /** How much waits here: messages, or the transitions behind them that have none to send. */
  synchronized int unacknowledged() {
    return Math.max(unacknowledged, pending.size());
  }

  /** Whether something that was decided long ago has not arrived: timeouts must stand still. */
  synchronized boolean isBehind() {
    Instant now = clock.instant();
    for (Pending entry : pending) {
      if (entry.missing > 0 && entry.lateAt.isBefore(now)) {
        return true;
      }
    }
    return false;
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

  /**
   * From when on a transition counts as published late. A command with a short timeout does so when
   * half of it has passed: else it could time out before it has left.
   */
  private Instant lateAt(Transition transition) {
    Duration grace = late;
    for (JournalEntry entry : transition.entries()) {
      if (entry instanceof JournalEntry.CommandIssued issued) {
        Duration half = Duration.between(transition.at(), issued.timeoutAt()).dividedBy(2);
        grace = half.compareTo(grace) < 0 ? half : grace;
      }
    }
    return transition.at().plus(grace);
  }

  private final class Pending implements MessageSink.Receipt {

    private final long seq;
    private final Transition transition;
    private final Instant lateAt;
    private int missing;

    Pending(long seq, Transition transition, int missing) {
      this.seq = seq;
      this.transition = transition;
      this.lateAt = lateAt(transition);
      this.missing = missing;
    }

    /** Who sees the watermark has been told before of every late command up to it. */
    @Override
    public void acknowledged() {
      CrashPoint.LANE_AFTER_ACKNOWLEDGEMENT.reached();
      synchronized (Publication.this) {
        missing--;
        unacknowledged--;
        if (missing == 0) {
          reportLate();
          advance();
        }
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
      if (!lateAt.isBefore(clock.instant())) {
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
