package io.skald.saga;

import java.time.Duration;

/** What a {@link Retry} policy says after an attempt that went wrong. */
public sealed interface RetryDecision {

  /** Try again, after this long. */
  record RetryAfter(Duration delay) implements RetryDecision {}

  /** Try no more, and why: a clause that can stand after "because". */
  record GiveUp(String because) implements RetryDecision {}
}
