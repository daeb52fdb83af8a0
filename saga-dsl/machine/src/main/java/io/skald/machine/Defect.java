package io.skald.machine;

import io.skald.saga.message.StepName;
import java.io.Serial;
import java.util.Optional;

/** A function of the definition did what it must not; the saga is to be parked (law L11). */
final class Defect extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient StepName step;

  Defect(StepName step, String message, Throwable cause) {
    super(message + ": " + printed(cause), cause);
    this.step = step;
  }

  Defect(StepName step, String message) {
    super(message);
    this.step = step;
  }

  JournalEntry.SagaParked parked() {
    String name = getCause() == null ? "" : getCause().getClass().getSimpleName();
    String code = name.isEmpty() ? "DEFECT" : name;
    return new JournalEntry.SagaParked(
        ParkReason.DEFINITION_DEFECT,
        Optional.of(step),
        new Problem(code, String.valueOf(getMessage())));
  }

  /** Even {@code getMessage} is the user's code. */
  private static String printed(Throwable cause) {
    try {
      return cause.toString();
    } catch (RuntimeException | StackOverflowError unprintable) {
      return cause.getClass().getName();
    }
  }
}
