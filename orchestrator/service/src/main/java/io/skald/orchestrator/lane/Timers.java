package io.skald.orchestrator.lane;

import io.skald.orchestrator.lane.Journal.Wake;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * The wake-up times of the near future. All of them are in the database; here is only what is due
 * before the horizon, so a saga that ends quickly never comes here at all. Used by one lane's
 * thread.
 */
final class Timers {

  /** So that standing timers, more than fit in memory, are not read from morning to night. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Duration reach;
  private final int room;
  private final Map<SagaId, Wake> armed = new HashMap<>();
  private final PriorityQueue<Wake> queue = new PriorityQueue<>(Comparator.comparing(Wake::dueAt));
  private Instant horizon = Instant.MIN;
  private Instant notBefore = Instant.MIN;

  /**
   * @param reach how far ahead a refill reads
   * @param room with as many here, a refill waits until some have fired
   */
  Timers(Duration reach, int room) {
    this.reach = reach;
    this.room = room;
  }

  /**
   * Whether to read from the database again: halfway to the horizon, also while some are due, or
   * those behind them would be late; but not while more stand here than the lane gets rid of.
   */
  boolean wantsRefill(Instant now) {
    return !now.isBefore(notBefore)
        && horizon.isBefore(now.plus(reach.dividedBy(2)))
        && armed.size() < room;
  }

  /** Everything before this is known here: from here a refill reads. */
  Instant knownUpTo() {
    return horizon.isBefore(Instant.EPOCH) ? Instant.EPOCH : horizon;
  }

  /** Up to when a refill reads. */
  Instant nextHorizon(Instant now) {
    return now.plus(reach);
  }

  /** Takes what the database says is due before {@code horizon}. */
  void refill(List<Wake> wakes, Instant horizon) {
    this.horizon = horizon;
    notBefore = Instant.MIN;
    wakes.forEach(this::put);
  }

  /** Takes the earliest of more than it wanted at once; it asks for the next a little later. */
  void refillInPart(List<Wake> wakes, Instant now) {
    refill(wakes, wakes.getLast().dueAt());
    notBefore = now.plus(PAUSE);
  }

  /** Forgets how far it knows, so that the next turn reads from the database. */
  void forgetHorizon() {
    horizon = Instant.MIN;
    notBefore = Instant.MIN;
  }

  /** A saga's wake-up time has changed; empty when it has none any more. */
  void set(SagaId saga, int shard, Optional<Instant> dueAt) {
    if (dueAt.isPresent() && dueAt.get().isBefore(horizon)) {
      put(new Wake(saga, shard, dueAt.get()));
    } else {
      armed.remove(saga);
    }
  }

  /**
   * Wakes a saga later than its row says. However late that is, it is kept here: the row's own time
   * has been read, and is not read again.
   */
  void postpone(SagaId saga, int shard, Instant until) {
    put(new Wake(saga, shard, until));
  }

  /** When the next one is due; empty when none is known. */
  Optional<Instant> next() {
    dropStale();
    return Optional.ofNullable(queue.peek()).map(Wake::dueAt);
  }

  /** Takes out what is due, the earliest first. */
  List<Wake> takeDue(Instant now, int limit) {
    List<Wake> due = new ArrayList<>();
    dropStale();
    while (due.size() < limit && !queue.isEmpty() && !queue.peek().dueAt().isAfter(now)) {
      Wake wake = queue.remove();
      armed.remove(wake.saga());
      due.add(wake);
      dropStale();
    }
    return due;
  }

  /** Forgets the wake-up times of shards that are let go. */
  void drop(IntPredicate shards) {
    armed.values().removeIf(wake -> shards.test(wake.shard()));
    queue.removeIf(wake -> shards.test(wake.shard()));
  }

  private void put(Wake wake) {
    if (!wake.equals(armed.get(wake.saga()))) {
      armed.put(wake.saga(), wake);
      queue.add(wake);
    }
  }

  /** An entry of the queue counts only while it is the one that is armed. */
  private void dropStale() {
    while (!queue.isEmpty() && !queue.peek().equals(armed.get(queue.peek().saga()))) {
      queue.remove();
    }
  }
}
