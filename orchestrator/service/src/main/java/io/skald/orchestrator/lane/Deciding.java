package io.skald.orchestrator.lane;

import io.skald.machine.Decision;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Journal.StoredSaga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The part of a lane that decides: it reads records, brings in the states that it needs, asks the
 * machine, and puts what follows into the turn's {@link Work}. Used by one lane's thread.
 */
final class Deciding {

  private static final Logger LOG = Logger.getLogger(Deciding.class);

  private final LaneContext context;
  private final OwnedShards owned;
  private final StateCache cache;
  private final Turns turns;

  Deciding(LaneContext context, OwnedShards owned, StateCache cache) {
    this.context = context;
    this.owned = owned;
    this.cache = cache;
    this.turns = new Turns(context, owned, this);
  }

  /** Decides on records, in the order in which they came. */
  void decideAll(Work work, List<Envelope> records) {
    List<List<Reading>> readings = new ArrayList<>(records.size());
    Set<SagaId> sagas = new HashSet<>();
    List<Reading.ForSaga> exclusive = new ArrayList<>(0);
    for (Envelope record : records) {
      List<Reading> read = read(record);
      readings.add(read);
      for (Reading reading : read) {
        if (reading instanceof Reading.ForSaga forSaga) {
          sagas.add(forSaga.saga());
          if (forSaga.isExclusiveStart()) {
            exclusive.add(forSaga);
          }
        }
      }
    }
    load(work, sagas);
    if (!exclusive.isEmpty()) {
      turns.readFor(work, exclusive);
    }
    for (int i = 0; i < records.size(); i++) {
      Envelope record = records.get(i);
      Optional<OwnedShard> shard = owned.reading(record.from());
      if (shard.isEmpty()) {
        continue; // Let go since it was fetched; its new owner reads it.
      }
      work.read(shard.get(), record);
      for (Reading reading : readings.get(i)) {
        decide(work, shard.get(), record, reading);
      }
    }
  }

  /**
   * Decides on an input that the lane makes itself, about a saga that exists.
   *
   * @return the saga's state afterwards; empty when the saga is not here, or the machine failed
   */
  Optional<SagaState> decideKnown(Work work, SagaId saga, Input input) {
    Optional<SagaState> state = stateOf(work, saga);
    Optional<OwnedShard> shard =
        state.flatMap(s -> owned.get(context.shards().ofKey(s.core().key())));
    if (shard.isEmpty()) {
      return Optional.empty();
    }
    Optional<Decision> decision = ask(saga, state, definitionOf(state.get()), input);
    decision.ifPresent(decided -> work.decide(shard.get(), false, input.cause(), decided));
    if (decision.filter(Deciding::isStaleTimer).isPresent()) {
      context.listener().staleTimer();
    }
    return decision.flatMap(Decision::state);
  }

  /** Where a saga has ended in this turn, who waits behind it has its turn. */
  void giveTurns(Work work) {
    turns.giveAll(work);
  }

  /** Brings in the states that are neither in memory nor in this turn's work. */
  void load(Work work, Set<SagaId> sagas) {
    Set<SagaId> missing = new HashSet<>();
    for (SagaId saga : sagas) {
      if (stateOf(work, saga).isEmpty()) {
        missing.add(saga);
      }
    }
    if (!missing.isEmpty()) {
      for (StoredSaga stored : context.journal().load(missing).values()) {
        work.loaded(stored.state());
      }
    }
  }

  private static boolean isStaleTimer(Decision decision) {
    return decision.verdict() instanceof Verdict.Ignored ignored
        && ignored.reason() == IgnoreReason.STALE_TIMER;
  }

  /** What breaks a reader is bad input too: it must not come back with every turn. */
  private List<Reading> read(Envelope record) {
    try {
      return context.reader().read(record);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError defect) {
      LOG.errorf(defect, "Expected record %s@%d to be read", record.from(), record.offset());
      return List.of(new Reading.Unreadable("The reader failed on it with " + defect));
    }
  }

  private void decide(Work work, OwnedShard shard, Envelope record, Reading reading) {
    switch (reading) {
      case Reading.NotForUs other -> context.listener().notForUs(record.from().topic());
      case Reading.Unreadable unreadable -> deadLetter(work, record, unreadable.because());
      case Reading.ForSaga forSaga -> {
        String key = stateOf(work, forSaga.saga()).map(s -> s.core().key()).orElse(forSaga.key());
        int home = context.shards().ofKey(key);
        if (home == shard.id) {
          decideHere(work, shard, record, forSaga);
        } else {
          forward(work, record, forSaga, key, home);
        }
      }
    }
  }

  private void decideHere(Work work, OwnedShard shard, Envelope record, Reading.ForSaga reading) {
    Optional<SagaState> state = stateOf(work, reading.saga());
    Optional<SagaDefinition<?>> definition =
        state.isPresent() ? definitionOf(state.get()) : reading.starts();
    if (state.isEmpty() && definition.isEmpty()) {
      String because =
          isFromParent(reading.input())
              ? "Expected the definition of sub-saga '"
                  + reading.saga()
                  + "' to be deployed in the version that its parent names, which is "
                  + record.header(WireHeaders.DEFINITION).orElse("none")
                  + " v"
                  + record.header(WireHeaders.DEFINITION_VERSION).orElse("?")
              : "Expected saga '" + reading.saga() + "' to exist, but it does not";
      work.refuse(reading.saga(), reading.input().cause(), new Verdict.Refused(because));
      deadLetter(work, record, because);
      return;
    }
    Input input = state.isEmpty() ? turns.among(work, shard, reading) : reading.input();
    Optional<Decision> decision = ask(reading.saga(), state, definition, input);
    if (decision.isEmpty()) {
      deadLetter(work, record, "The engine could not decide on it; its log says why");
      return;
    }
    work.decide(shard, state.isEmpty(), reading.input().cause(), decision.get());
    if (decision.get().verdict() instanceof Verdict.Refused refused) {
      deadLetter(work, record, refused.because());
    }
    if (decision.get().verdict() instanceof Verdict.Excluded excluded) {
      exclude(work, record, reading, excluded);
    }
  }

  private void exclude(
      Work work, Envelope record, Reading.ForSaga reading, Verdict.Excluded excluded) {
    work.refuse(reading.saga(), reading.input().cause(), excluded);
    turns.note(work, reading, excluded);
    if (!context.reader().isAnswered(record)) {
      deadLetter(work, record, excluded.because());
    }
  }

  /** Nothing is misrouted for good: it goes to the saga's shard before its offset moves. */
  private void forward(Work work, Envelope record, Reading.ForSaga reading, String key, int home) {
    context.listener().forwarded(record.from().topic());
    work.alongside(
        reading.starts().isPresent() && !isFromParent(reading.input())
            ? context.writer().forwardStart(record, reading, home)
            : context.writer().forward(record, key, home));
  }

  /** Such a record is about its own saga alone, so it can go on as it came. */
  private static boolean isFromParent(Input input) {
    return input instanceof Input.UndoRequested
        || (input instanceof Input.StartRequested start && start.parent().isPresent());
  }

  private void deadLetter(Work work, Envelope record, String because) {
    context.listener().deadLettered(record.from().topic(), because);
    LOG.warnf("Record %s@%d goes to the dead letters: %s", record.from(), record.offset(), because);
    work.alongside(context.writer().deadLetter(record, because));
  }

  /** Empty when the machine itself failed, which it must not: the lane goes on all the same. */
  private Optional<Decision> ask(
      SagaId saga, Optional<SagaState> state, Optional<SagaDefinition<?>> definition, Input input) {
    try {
      Decision decision =
          definition.isPresent()
              ? context.machine().decide(definition.get(), saga, state, input, context.moment())
              : context
                  .machine()
                  .decideWithoutDefinition(state.orElseThrow(), input, context.moment());
      if (decision.state().filter(Deciding::isStuck).isPresent()) {
        throw new IllegalStateException(
            "Expected a saga that moves by itself to have a wake-up time, but it has none");
      }
      return Optional.of(decision);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError defect) {
      LOG.errorf(
          defect,
          "Expected the machine to decide on %s for saga '%s', but it threw: a defect of Skald",
          input.getClass().getSimpleName(),
          saga);
      return Optional.empty();
    }
  }

  /** Law L8; the store would refuse the whole batch for it, again and again. */
  private static boolean isStuck(SagaState state) {
    return state instanceof SagaState.Active active && active.nextDueAt().isEmpty();
  }

  private Optional<SagaDefinition<?>> definitionOf(SagaState state) {
    return context.definitions().of(state.core().definition(), state.core().version());
  }

  private Optional<SagaState> stateOf(Work work, SagaId saga) {
    return work.stateOf(saga).or(() -> cache.get(saga));
  }
}
