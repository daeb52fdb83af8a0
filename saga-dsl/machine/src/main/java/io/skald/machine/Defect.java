package io.skald.machine;

import io.skald.saga.message.StepName;
import java.io.Serial;
import java.util.Optional;

/** A function of the definition did what it must not; the saga is to be parked (law L11). */
final class Defect extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient StepName step;

  Defect(StepName step, String message, Throwable cause) {
    super(message + ": " + cause, cause);
    this.step = step;
  }

  Defect(StepName step, String message) {
    super(message);
    this.step = step;
  }

  JournalEntry.SagaParked parked() {
    String code = getCause() == null ? "DEFECT" : getCause().getClass().getSimpleName();
    return new JournalEntry.SagaParked(
        ParkReason.DEFINITION_DEFECT,
        Optional.of(step),
        new Problem(code, String.valueOf(getMessage())));
  }
}
