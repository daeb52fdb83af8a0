package io.skald.machine;

import io.skald.machine.Input.StartExcluded;
import io.skald.machine.Input.StartRequested;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.saga.SagaDefinition;
import java.util.Optional;

/** What follows from that only one saga of a definition and key may be under way at a time. */
final class ExclusiveRules {

  private ExclusiveRules() {}

  /** Who is in the way of a start; empty when nobody is, or the definition is not exclusive. */
  static Optional<Contention> others(SagaDefinition<?> definition, StartRequested request) {
    return definition.exclusive().flatMap(second -> request.contention());
  }

  static boolean mayWait(SagaDefinition<?> definition, Contention others) {
    return switch (definition.exclusive().orElseThrow()) {
      case REJECT -> false;
      case QUEUE -> others.waiting() < Contention.MAX_WAITING;
    };
  }

  /** The same start with its place in the line; behind others its deadline is not counted yet. */
  static SagaStarted placed(
      SagaDefinition<?> definition, SagaStarted started, Optional<Contention> others) {
    if (definition.exclusive().isEmpty()) {
      return started;
    }
    return new SagaStarted(
        started.id(),
        started.definition(),
        started.version(),
        started.fingerprint(),
        started.key(),
        started.startDigest(),
        started.data(),
        others.isPresent() ? Optional.empty() : started.deadline(),
        others.map(Contention::lastPlace).orElse(0L) + 1,
        started.parent());
  }

  static Decision exclude(Turn<?> turn, StartRequested request, Contention others) {
    String found =
        others.waiting() < Contention.MAX_WAITING
            ? "which has not ended"
            : "behind which " + others.waiting() + " wait already";
    return turn.excluded(
        others.first(),
        "Expected no other saga of definition '"
            + turn.definition().name()
            + "' with key '"
            + request.key()
            + "', but found saga '"
            + others.first()
            + "', "
            + found);
  }

  /** What a start that was refused because of a saga is to that saga; names what was refused. */
  static InputIgnored excludedAnother(StartExcluded excluded) {
    return new InputIgnored(
        excluded.getClass().getSimpleName(),
        IgnoreReason.EXCLUDES_ANOTHER,
        excluded.start() + ": " + excluded.because());
  }

  /** The saga begins, and its deadline is counted from now. */
  static Decision turnCame(Turn<?> turn) {
    if (!(turn.state() instanceof SagaState.Queued queued)) {
      return turn.unchanged(IgnoreReason.NOT_QUEUED);
    }
    turn.record(new SagaTurnCame(queued.allowance().map(turn::after)));
    turn.advance();
    return turn.applied();
  }
}
