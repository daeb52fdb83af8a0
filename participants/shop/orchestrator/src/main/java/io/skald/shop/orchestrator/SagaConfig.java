package io.skald.shop.orchestrator;

import io.skald.saga.Retry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The order saga's patience. None of it is part of the saga's structure: tune it at any time. */
@ConfigMapping(prefix = "shop.saga")
public interface SagaConfig {

  /** How long an order may take to the point where a carrier has it; then it is cancelled. */
  @WithDefault("P1D")
  Duration deadline();

  /** How long one attempt of a step may go unanswered. */
  @WithDefault("PT30S")
  Duration stepTimeout();

  /** Attempts at payment and inventory; when they are used up, the order is cancelled. */
  StepRetry retry();

  /** Attempts at shipping and completion, from where on there is no way back. */
  ForwardRetry forwardRetry();

  /** Attempts at giving money or stock back; when they are used up, an operator is needed. */
  CompensationRetry compensationRetry();

  /** Ended by a number of attempts. */
  interface StepRetry {

    /** The first wait. */
    @WithDefault("PT0.2S")
    Duration initial();

    /** By how much each wait is longer than the last. */
    @WithDefault("2")
    double factor();

    /** The part of a wait by which it may be shorter or longer, 0 to 1. */
    @WithDefault("0.2")
    double jitter();

    /** No wait is longer. */
    @WithDefault("PT30S")
    Duration maxDelay();

    /** How many attempts there are, the first among them. */
    @WithDefault("8")
    int maxAttempts();

    default Retry policy() {
      return Retry.exponential(initial())
          .factor(factor())
          .jitter(jitter())
          .maxDelay(maxDelay())
          .maxAttempts(maxAttempts());
    }
  }

  /** Ended by time. */
  interface ForwardRetry {

    /** The first wait; it doubles with each attempt. */
    @WithDefault("PT0.2S")
    Duration initial();

    /** No wait is longer. */
    @WithDefault("PT1M")
    Duration maxDelay();

    /** For how long it is tried. */
    @WithDefault("P1D")
    Duration within();

    default Retry policy() {
      return Retry.exponential(initial()).maxDelay(maxDelay()).within(within());
    }
  }

  /** Ended by time. */
  interface CompensationRetry {

    /** The first wait; it doubles with each attempt. */
    @WithDefault("PT1S")
    Duration initial();

    /** No wait is longer. */
    @WithDefault("PT5M")
    Duration maxDelay();

    /** For how long it is tried. */
    @WithDefault("P1D")
    Duration within();

    default Retry policy() {
      return Retry.exponential(initial()).maxDelay(maxDelay()).within(within());
    }
  }
}
