package io.skald.testkit;

import io.skald.saga.Retry;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import java.time.Duration;
import java.util.Optional;

/** Whether and when trying ends. */
final class Patience {

  private Patience() {}

  static Retry retryOf(StepDefinition<?> step, Phase phase) {
    return switch (phase) {
      case ACTION -> step.retry();
      case COMPENSATION -> step.compensation().orElseThrow().retry();
    };
  }

  /** Whether attempts that go wrong for good are ever given up, or cut off by the deadline. */
  static boolean ends(StepDefinition<?> step, Phase phase, Optional<Duration> deadline) {
    Retry retry = retryOf(step, phase);
    boolean beforePivot = phase == Phase.ACTION && step.kind() == StepKind.COMPENSATABLE;
    return retry.maxAttempts().isPresent()
        || retry.maxDuration().isPresent()
        || (beforePivot && deadline.isPresent());
  }
}
