package io.skald.checker;

import io.skald.machine.SagaStatus;
import java.util.Optional;

/** At rest every saga has ended, or is parked, or waits behind one that is (law L8). */
final class RestRule implements Rule {

  @Override
  public String name() {
    return "nothing left over";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    if (!evidence.history().atRest()) {
      return;
    }
    for (SagaHistory saga : evidence.history().sagas()) {
      Optional<SagaStatus> status = saga.status();
      if (status.filter(SagaStatus::isActive).isPresent()) {
        findings.add(
            "L8",
            saga.id(),
            "Expected the saga to have ended or to be parked by now, but it is " + status.get());
      }
    }
  }
}
