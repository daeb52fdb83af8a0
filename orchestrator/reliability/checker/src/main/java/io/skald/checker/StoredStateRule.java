package io.skald.checker;

import io.skald.machine.Evolution;
import io.skald.machine.SagaState;
import java.util.Objects;
import java.util.Optional;

/** A saga's row is what its journal makes of it, column for column (law L1). */
final class StoredStateRule implements Rule {

  @Override
  public String name() {
    return "journal equals state";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      if (saga.journal().isEmpty()) {
        findings.add("L1", saga.id(), "Expected a journal of the saga, but found only its row");
      } else if (saga.stored().isEmpty()) {
        findings.add("L1", saga.id(), "Expected a row of the saga, but found only its journal");
      } else {
        replay(saga).ifPresent(replayed -> compare(saga, replayed, saga.stored().get(), findings));
      }
    }
  }

  /** Empty when the journal makes no sense, which another rule says. */
  private static Optional<SagaState> replay(SagaHistory saga) {
    Optional<SagaState> state = Optional.empty();
    try {
      for (JournalRow row : saga.journal()) {
        state = Optional.of(Evolution.apply(state, row.transition()));
      }
    } catch (RuntimeException impossible) {
      return Optional.empty();
    }
    return state;
  }

  private static void compare(
      SagaHistory saga, SagaState replayed, StoredSaga row, Findings findings) {
    compare(saga, "state", replayed, row.state(), findings);
    compare(saga, "status", replayed.status(), row.status(), findings);
    compare(saga, "sequence", replayed.core().seq(), row.seq(), findings);
    compare(saga, "wake-up time", replayed.nextDueAt(), row.nextDueAt(), findings);
  }

  private static void compare(
      SagaHistory saga, String what, Object expected, Object found, Findings findings) {
    if (!Objects.equals(expected, found)) {
      findings.add(
          "L1",
          saga.id(),
          "Expected the row's " + what + " to be " + expected + ", but found " + found);
    }
  }
}
