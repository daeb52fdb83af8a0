package io.skald.saga;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a step that went wrong is tried again, and when that ends.
 *
 * <p>The wait after attempt {@code n} is {@code initial × factor^(n-1)}, at most the maximal delay,
 * then moved by the jitter: {@code ± jitter × wait}, so that sagas which failed together do not
 * come back together (M. Brooker, <em>Exponential Backoff And Jitter</em>, 2015). A policy is an
 * immutable value and a pure function of what it is given; each method returns a changed copy.
 *
 * <p>Attempts count from 1 and the first counts. Without a word about it a policy has factor 2,
 * jitter 0.2, a maximal delay of 30 s and 8 attempts.
 */
public final class Retry {

  private final Duration initial;
  private final double factor;
  private final double jitter;
  private final Duration maxDelay;
  private final Optional<Integer> maxAttempts;
  private final Optional<Duration> maxDuration;
  private final Set<String> finalCodes;

  private Retry(
      Duration initial,
      double factor,
      double jitter,
      Duration maxDelay,
      Optional<Integer> maxAttempts,
      Optional<Duration> maxDuration,
      Set<String> finalCodes) {
    this.initial = initial;
    this.factor = factor;
    this.jitter = jitter;
    this.maxDelay = maxDelay;
    this.maxAttempts = maxAttempts;
    this.maxDuration = maxDuration;
    this.finalCodes = finalCodes;
  }

  /** Waits that grow from {@code initial}. */
  public static Retry exponential(Duration initial) {
    return new Retry(
        positive(initial, "an initial delay"),
        2,
        0.2,
        Duration.ofSeconds(30).compareTo(initial) < 0 ? initial : Duration.ofSeconds(30),
        Optional.of(8),
        Optional.empty(),
        Set.of());
  }

  /** The same wait before every attempt, without jitter. */
  public static Retry fixed(Duration delay) {
    return exponential(delay).factor(1).jitter(0).maxDelay(delay);
  }

  /** One attempt and no more. */
  public static Retry none() {
    return exponential(Duration.ofSeconds(1)).maxAttempts(1);
  }

  /** By how much each wait is longer than the last; 1 or above. */
  public Retry factor(double factor) {
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "Expected a retry factor of 1 or above, but found " + factor);
    }
    return new Retry(initial, factor, jitter, maxDelay, maxAttempts, maxDuration, finalCodes);
  }

  /** The part of a wait by which it may be shorter or longer: from 0, exact, to 1. */
  public Retry jitter(double jitter) {
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("Expected a jitter from 0 to 1, but found " + jitter);
    }
    return new Retry(initial, factor, jitter, maxDelay, maxAttempts, maxDuration, finalCodes);
  }

  /** No wait is longer than this, jitter included. */
  public Retry maxDelay(Duration maxDelay) {
    return new Retry(
        initial,
        factor,
        jitter,
        positive(maxDelay, "a maximal delay"),
        maxAttempts,
        maxDuration,
        finalCodes);
  }

  /** How many attempts there are in all, the first among them. */
  public Retry maxAttempts(int maxAttempts) {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "Expected at least 1 attempt, but found " + maxAttempts + "; the first one counts");
    }
    return new Retry(
        initial, factor, jitter, maxDelay, Optional.of(maxAttempts), maxDuration, finalCodes);
  }

  /**
   * Tries for as long as this, counted from the first attempt, whatever their number: no attempt
   * starts later. It takes the place of {@link #maxAttempts}; name that after it to have both.
   */
  public Retry within(Duration maxDuration) {
    return new Retry(
        initial,
        factor,
        jitter,
        maxDelay,
        Optional.empty(),
        Optional.of(positive(maxDuration, "a maximal duration")),
        finalCodes);
  }

  /** Tries for ever. Final error codes still end it. */
  public Retry unlimited() {
    return new Retry(
        initial, factor, jitter, maxDelay, Optional.empty(), Optional.empty(), finalCodes);
  }

  /** Error codes of a failure that end the retries at once. */
  public Retry stopOn(String... codes) {
    Set<String> all = new TreeSet<>(finalCodes);
    for (String code : codes) {
      all.add(Objects.requireNonNull(code, "code"));
    }
    return new Retry(initial, factor, jitter, maxDelay, maxAttempts, maxDuration, Set.copyOf(all));
  }

  /**
   * How long to wait after an attempt that went wrong.
   *
   * @param attempt the attempt that went wrong, from 1
   * @param random from 0 to 1; the same number gives the same delay
   */
  public Duration delay(int attempt, double random) {
    checkChance(attempt, random);
    double grown = initial.toNanos() * Math.pow(factor, (double) attempt - 1);
    double capped = Math.min(grown, maxDelay.toNanos());
    double moved = capped * (1 + jitter * (2 * random - 1));
    // A double holds about 104 days of nanoseconds exactly: the cap has the last word, as a long.
    return Duration.ofNanos(Math.min(Math.round(moved), maxDelay.toNanos()));
  }

  /**
   * What follows an attempt that went wrong.
   *
   * @param attempt the attempt that went wrong, from 1
   * @param elapsed since the first attempt was issued
   * @param errorCode what the participant said, if it said anything
   * @param random see {@link #delay}
   */
  public RetryDecision afterFailure(
      int attempt, Duration elapsed, Optional<String> errorCode, double random) {
    checkChance(attempt, random);
    if (errorCode.isPresent() && finalCodes.contains(errorCode.get())) {
      return new RetryDecision.GiveUp("error code " + errorCode.get() + " is final");
    }
    if (maxAttempts.isPresent() && attempt >= maxAttempts.get()) {
      return new RetryDecision.GiveUp("all " + maxAttempts.get() + " attempts are used up");
    }
    Duration delay = delay(attempt, random);
    if (maxDuration.isPresent() && elapsed.plus(delay).compareTo(maxDuration.get()) > 0) {
      return new RetryDecision.GiveUp("the time for retries, " + maxDuration.get() + ", is up");
    }
    return new RetryDecision.RetryAfter(delay);
  }

  public Duration initial() {
    return initial;
  }

  public double factor() {
    return factor;
  }

  public double jitter() {
    return jitter;
  }

  public Duration maxDelay() {
    return maxDelay;
  }

  /** Empty when attempts are not counted. */
  public Optional<Integer> maxAttempts() {
    return maxAttempts;
  }

  /** Empty when time is not counted. */
  public Optional<Duration> maxDuration() {
    return maxDuration;
  }

  public Set<String> finalCodes() {
    return finalCodes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Retry that
        && initial.equals(that.initial)
        && factor == that.factor
        && jitter == that.jitter
        && maxDelay.equals(that.maxDelay)
        && maxAttempts.equals(that.maxAttempts)
        && maxDuration.equals(that.maxDuration)
        && finalCodes.equals(that.finalCodes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(initial, factor, jitter, maxDelay, maxAttempts, maxDuration, finalCodes);
  }

  @Override
  public String toString() {
    return "Retry[initial="
        + initial
        + ", factor="
        + factor
        + ", jitter="
        + jitter
        + ", maxDelay="
        + maxDelay
        + maxAttempts.map(n -> ", maxAttempts=" + n).orElse("")
        + maxDuration.map(d -> ", within=" + d).orElse("")
        + (finalCodes.isEmpty() ? "" : ", stopOn=" + new TreeSet<>(finalCodes))
        + "]";
  }

  private static void checkChance(int attempt, double random) {
    if (attempt < 1) {
      throw new IllegalArgumentException(
          "Expected an attempt of 1 or above, but found " + attempt + "; the first one counts");
    }
    if (!(random >= 0 && random <= 1)) {
      throw new IllegalArgumentException(
          "Expected a random number from 0 to 1, but found " + random);
    }
  }

  /** At most a year: beyond it the arithmetic of instants has no meaning for a saga. */
  private static Duration positive(Duration duration, String what) {
    Objects.requireNonNull(duration, what);
    if (duration.isNegative()
        || duration.isZero()
        || duration.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException(
          "Expected " + what + " above zero and at most 366 days, but found " + duration);
    }
    return duration;
  }
}
