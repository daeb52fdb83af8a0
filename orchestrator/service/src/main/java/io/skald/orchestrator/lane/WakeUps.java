package io.skald.orchestrator.lane;

import io.skald.machine.Input;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.InputSource.SourceException;
import io.skald.orchestrator.lane.Journal.Wake;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The part of a lane that wakes sagas when their time has come, and not before it is sure that the
 * time has passed without an answer. Used by one lane's thread.
 */
final class WakeUps {

  /** How long to wait for input while timers wait for it to be read. */
  private static final Duration SHORT = Duration.ofMillis(5);

  private static final Duration AFTER_DEFECT = Duration.ofMinutes(1);

  /** Timers that were due at this time wait until the input has been read up to these ends. */
  private record Gate(Instant since, Map<InputPartition, Long> ends) {}

  private final LaneContext context;
  private final InputSource source;
  private final OwnedShards owned;
  private final Deciding deciding;
  private final Timers timers;
  private Optional<Gate> gate = Optional.empty();

  WakeUps(LaneContext context, InputSource source, OwnedShards owned, Deciding deciding) {
    this.context = context;
    this.source = source;
    this.owned = owned;
    this.deciding = deciding;
    this.timers = new Timers(context.settings().timerHorizon(), readAtOnce());
  }

  /** A saga's wake-up time has changed; empty when it has none any more. */
  void set(SagaId saga, int shard, Optional<Instant> dueAt) {
    timers.set(saga, shard, dueAt);
  }

  /** Forgets the wake-up times of shards that are let go. */
  void drop(IntPredicate shards) {
    timers.drop(shards);
  }

  /** The shards have changed: what was learned about the former ones no longer tells all. */
  void lookAnew() {
    timers.forgetHorizon();
    gate = Optional.empty();
  }

  /** Reads from the database what is due in the near future, when it is time to. */
  void refill(Instant now) {
    if (timers.wantsRefill(now)) {
      Instant horizon = timers.nextHorizon(now);
      int limit = readAtOnce();
      List<Wake> wakes = context.journal().due(owned.ids(), timers.knownUpTo(), horizon, limit);
      if (wakes.size() < limit) {
        timers.refill(wakes, horizon);
      } else {
        timers.refillInPart(wakes, now);
      }
    }
  }

  private int readAtOnce() {
    return context.settings().maxTimers() * 10;
  }

  /** How long the lane may wait for input: until the next timer, but not longer than this. */
  Duration patience(Instant now, Duration atMost) {
    if (gate.isPresent()) {
      return SHORT;
    }
    Duration untilTimer = timers.next().map(due -> Duration.between(now, due)).orElse(atMost);
    if (untilTimer.isNegative()) {
      return Duration.ZERO;
    }
    return untilTimer.compareTo(atMost) < 0 ? untilTimer : atMost;
  }

  /**
   * Wakes what is due, once everything has been read that stood in Kafka when it became due. A
   * reply that waits there unread, because Kafka, PostgreSQL or this process was away, must not
   * count as a reply that never came.
   *
   * @param lateCommandsWait whether there are commands that were published late and have not had
   *     their timeouts moved: that comes first (law L9)
   */
  void decideDue(Work work, BooleanSupplier lateCommandsWait) {
    Instant now = context.clock().instant();
    if (timers.next().filter(due -> !due.isAfter(now)).isEmpty()) {
      gate = Optional.empty();
      return;
    }
    Optional<Instant> readUpTo = inputIsRead(now);
    if (readUpTo.isEmpty()) {
      return;
    }
    // In this order: what is no longer behind has reported its late commands before.
    Set<Integer> behind = owned.behind();
    if (lateCommandsWait.getAsBoolean()) {
      return;
    }
    gate = Optional.empty();
    List<Wake> awake = new ArrayList<>();
    for (Wake wake : timers.takeDue(readUpTo.get(), context.settings().maxTimers())) {
      if (behind.contains(wake.shard())) {
        // The command may not have left yet: its timeout stands still (law L9).
        Instant later = now.plus(context.settings().latePublication());
        timers.postpone(wake.saga(), wake.shard(), later);
      } else {
        awake.add(wake);
      }
    }
    deciding.load(work, awake.stream().map(Wake::saga).collect(Collectors.toSet()));
    awake.forEach(wake -> wake(work, wake, now));
  }

  /** Up to which time the input is known to be read; empty while it is not. */
  private Optional<Instant> inputIsRead(Instant now) {
    if (gate.isEmpty()) {
      try {
        gate = Optional.of(new Gate(now, source.ends(owned.ids())));
      } catch (SourceException kafkaIsAway) {
        return Optional.empty();
      }
    }
    return gate.filter(g -> source.hasReached(g.ends())).map(Gate::since);
  }

  private void wake(Work work, Wake wake, Instant now) {
    Optional<SagaState> after =
        deciding.decideKnown(work, wake.saga(), new Input.TimerFired("timer"));
    if (after.isEmpty()) {
      // It is not here any more, or the machine failed, of which the log tells.
      timers.postpone(wake.saga(), wake.shard(), now.plus(AFTER_DEFECT));
    } else {
      timers.set(wake.saga(), wake.shard(), after.get().nextDueAt());
    }
  }
}
