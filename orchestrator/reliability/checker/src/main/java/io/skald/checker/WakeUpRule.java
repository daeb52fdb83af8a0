package io.skald.checker;

import io.skald.machine.SagaState;

/** What moves by itself has a wake-up time, and what is parked says why (law L8). */
final class WakeUpRule implements Rule {

  @Override
  public String name() {
    return "wake-ups";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      saga.stored().ifPresent(row -> check(saga, row, findings));
    }
  }

  private static void check(SagaHistory saga, StoredSaga row, Findings findings) {
    if (row.status().isActive() && row.nextDueAt().isEmpty()) {
      findings.add(
          "L8", saga.id(), "Expected a saga that is " + row.status() + " to have a wake-up time");
    }
    if (!row.status().isActive() && row.nextDueAt().isPresent()) {
      findings.add(
          "L8",
          saga.id(),
          "Expected a saga that is "
              + row.status()
              + " to have no wake-up time, but found "
              + row.nextDueAt().get());
    }
    if (row.state() instanceof SagaState.Parked parked && parked.problem().message().isBlank()) {
      findings.add("L8", saga.id(), "Expected a parked saga to say why, but found no problem");
    }
  }
}
