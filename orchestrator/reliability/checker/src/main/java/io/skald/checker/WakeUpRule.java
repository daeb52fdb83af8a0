package io.skald.checker;

import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;

/**
 * What moves by itself has a wake-up time, no later than the end of each wait of its story, and
 * what is parked says why (law L8).
 */
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
    if (row.status() == SagaStatus.RUNNING) {
      Course.of(saga)
          .waits()
          .forEach(
              (block, until) -> {
                if (row.nextDueAt().filter(due -> !due.isAfter(until)).isEmpty()) {
                  findings.add(
                      "L8",
                      saga.id(),
                      "Expected a wake-up time by "
                          + until
                          + ", when the wait of '"
                          + block
                          + "' is over, but found "
                          + row.nextDueAt());
                }
              });
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
