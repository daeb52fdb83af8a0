package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds of every policy. The policies drawn here have every setting at every size. */
class RetryPropertiesTest {

  private static final long YEAR = Duration.ofDays(366).toNanos();
  private static final Optional<String> NO_CODE = Optional.empty();

  @Property
  void shouldGiveTheSameDelay_whenAskedAgain(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1) int attempt,
      @ForAll("chances") double random) {
    // when
    Duration delay = retry.delay(attempt, random);
    retry.delay(attempt == 1 ? 7 : 1, 0.9);
    // then
    assertThat(retry.delay(attempt, random)).isEqualTo(delay);
    assertThat(copyOf(retry).delay(attempt, random)).isEqualTo(delay);
  }

  @Property
  void shouldNotShrink_whenThereIsNoJitter(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1, max = 200) int attempt,
      @ForAll("chances") double random,
      @ForAll("chances") double otherRandom) {
    // given
    Retry exact = retry.jitter(0);
    // then
    assertThat(exact.delay(attempt + 1, random))
        .isGreaterThanOrEqualTo(exact.delay(attempt, random));
    assertThat(exact.delay(attempt, otherRandom)).isEqualTo(exact.delay(attempt, random));
  }

  @Property
  void shouldGrowByTheFactor_whenBelowTheMaximalDelay(
      @ForAll @LongRange(min = 1, max = 1_000) long millis,
      @ForAll @IntRange(min = 1, max = 4) int factor,
      @ForAll @IntRange(min = 1, max = 12) int attempt) {
    // given
    Retry retry =
        Retry.exponential(Duration.ofMillis(millis))
            .factor(factor)
            .jitter(0)
            .maxDelay(Duration.ofDays(366));
    // then
    assertThat(retry.delay(1, 0)).isEqualTo(Duration.ofMillis(millis));
    assertThat(retry.delay(attempt + 1, 0)).isEqualTo(retry.delay(attempt, 0).multipliedBy(factor));
  }

  @Property
  void shouldStayBetweenZeroAndTheMaximalDelay_whenMoved(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1) int attempt,
      @ForAll("chances") double random) {
    assertThat(retry.delay(attempt, random)).isBetween(Duration.ZERO, retry.maxDelay());
  }

  @Property
  void shouldReachTheMaximalDelay_whenAttemptsAreCountless(
      @ForAll("policies") Retry retry,
      @ForAll @DoubleRange(min = 1.01, max = 1e300) double factor) {
    // given
    Retry exact = retry.factor(factor).jitter(0);
    // then
    double most = retry.maxDelay().toNanos();
    assertThat((double) exact.delay(1_000_000, 0).toNanos())
        .isBetween(most - roundingOf(most), most);
    assertThat(exact.delay(Integer.MAX_VALUE, 0)).isEqualTo(exact.delay(1_000_000, 0));
  }

  @Property
  void shouldStayWithinTheJitter_whenMoved(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1, max = 100) int attempt,
      @ForAll("chances") double random) {
    // given
    double base = retry.jitter(0).delay(attempt, 0).toNanos();
    double most = base * retry.jitter() + roundingOf(base);
    // then
    double moved = retry.delay(attempt, random).toNanos();
    assertThat(moved).isBetween(base - most, base + most);
  }

  @Property
  void shouldGoTheWholeWayOfTheJitter_whenChanceIsAtItsEnds(
      @ForAll @DoubleRange(min = 0, max = 1) double jitter) {
    // given
    Retry retry = Retry.exponential(Duration.ofSeconds(1)).jitter(jitter);
    long second = Duration.ofSeconds(1).toNanos();
    // then
    assertThat(retry.delay(1, 0).toNanos()).isEqualTo(Math.round(second * (1 - jitter)));
    assertThat(retry.delay(1, 0.5).toNanos()).isEqualTo(second);
    assertThat(retry.delay(1, 1).toNanos()).isEqualTo(Math.round(second * (1 + jitter)));
  }

  @Property
  void shouldStillBeSpread_whenAtTheMaximalDelay(
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll @IntRange(min = 20) int attempt) {
    // given
    Retry retry = Retry.exponential(Duration.ofSeconds(1)).jitter(jitter);
    long most = retry.maxDelay().toNanos();
    // then sagas that have waited for long do not all come back at once
    assertThat(retry.delay(attempt, 0).toNanos()).isEqualTo(Math.round(most * (1 - jitter)));
    assertThat(retry.delay(attempt, 0.25).toNanos()).isEqualTo(Math.round(most * (1 - jitter / 2)));
    assertThat(retry.delay(attempt, 0.5).toNanos()).isEqualTo(most);
  }

  @Property
  void shouldGiveUpExactlyAtTheLastAttempt_whenAttemptsAreCounted(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1, max = 50) int maxAttempts,
      @ForAll @IntRange(min = 1, max = 100) int attempt,
      @ForAll("chances") double random) {
    // given
    Retry counted = retry.unlimited().maxAttempts(maxAttempts);
    // when
    RetryDecision decision = counted.afterFailure(attempt, Duration.ofDays(9), NO_CODE, random);
    // then
    assertThat(decision)
        .isEqualTo(
            attempt < maxAttempts
                ? new RetryDecision.RetryAfter(retry.delay(attempt, random))
                : new RetryDecision.GiveUp("all " + maxAttempts + " attempts are used up"));
  }

  @Property
  void shouldStartNoAttemptTooLate_whenTimeIsCounted(
      @ForAll("policies") Retry retry,
      @ForAll("waits") Duration within,
      @ForAll("waits") Duration elapsed,
      @ForAll @IntRange(min = 1, max = 100) int attempt,
      @ForAll("chances") double random) {
    // given
    Retry timed = retry.within(within);
    // when
    RetryDecision decision = timed.afterFailure(attempt, elapsed, NO_CODE, random);
    // then
    Duration start = elapsed.plus(retry.delay(attempt, random));
    assertThat(decision)
        .isEqualTo(
            start.compareTo(within) <= 0
                ? new RetryDecision.RetryAfter(start.minus(elapsed))
                : new RetryDecision.GiveUp("the time for retries, " + within + ", is up"));
  }

  @Property
  void shouldNotExceedTheTime_whenRunToItsEnd(
      @ForAll @LongRange(min = 1, max = 1_000) long initialMillis,
      @ForAll @IntRange(min = 1, max = 60) int withinSeconds,
      @ForAll("chances") double random) {
    // given
    Duration within = Duration.ofSeconds(withinSeconds);
    Retry retry = Retry.exponential(Duration.ofMillis(initialMillis)).jitter(0.2).within(within);
    // when
    Duration lastStart = Duration.ZERO;
    int attempt = 1;
    while (retry.afterFailure(attempt, lastStart, NO_CODE, random)
        instanceof RetryDecision.RetryAfter again) {
      lastStart = lastStart.plus(again.delay());
      attempt++;
    }
    // then
    assertThat(lastStart).isLessThanOrEqualTo(within);
    assertThat(lastStart.plus(retry.delay(attempt, random))).isGreaterThan(within);
  }

  @Property
  void shouldHoldBothLimits_whenBothAreNamed(
      @ForAll @IntRange(min = 1, max = 9) int maxAttempts,
      @ForAll @IntRange(min = 1, max = 9) int attempt,
      @ForAll @IntRange(min = 0, max = 20) int elapsedSeconds) {
    // given
    Retry both =
        Retry.fixed(Duration.ofSeconds(1)).within(Duration.ofSeconds(10)).maxAttempts(maxAttempts);
    // when
    RetryDecision decision =
        both.afterFailure(attempt, Duration.ofSeconds(elapsedSeconds), NO_CODE, 0);
    // then
    assertThat(decision instanceof RetryDecision.RetryAfter)
        .isEqualTo(attempt < maxAttempts && elapsedSeconds <= 9);
  }

  @Property
  void shouldNeverGiveUp_whenUnlimited(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1) int attempt,
      @ForAll("waits") Duration elapsed,
      @ForAll("chances") double random) {
    assertThat(
            retry
                .unlimited()
                .afterFailure(attempt, elapsed.multipliedBy(100), Optional.of("BUSY"), random))
        .isEqualTo(new RetryDecision.RetryAfter(retry.delay(attempt, random)));
  }

  @Property
  void shouldGiveUpAtOnce_whenTheCodeIsFinal(
      @ForAll("policies") Retry retry,
      @ForAll @IntRange(min = 1) int attempt,
      @ForAll("waits") Duration elapsed,
      @ForAll("chances") double random) {
    // given
    Retry stopped = retry.stopOn("CLOSED", "GONE").unlimited();
    // then
    assertThat(stopped.afterFailure(attempt, elapsed, Optional.of("GONE"), random))
        .isEqualTo(new RetryDecision.GiveUp("error code GONE is final"));
    assertThat(stopped.afterFailure(attempt, elapsed, Optional.of("gone"), random))
        .isInstanceOf(RetryDecision.RetryAfter.class);
  }

  @Property
  void shouldNotChangeTheReceiver_whenACopyIsChanged(@ForAll("policies") Retry retry) {
    // given
    Retry before = copyOf(retry);
    // when
    retry.factor(9.5).jitter(0.123).maxDelay(Duration.ofNanos(77)).maxAttempts(77);
    retry.within(Duration.ofNanos(77));
    retry.unlimited();
    retry.stopOn("77");
    // then
    assertThat(retry).isEqualTo(before).hasSameHashCodeAs(before).hasToString(before.toString());
  }

  @Property
  void shouldKeepEverythingElse_whenOneThingIsChanged(@ForAll("policies") Retry retry) {
    assertThat(retry.factor(retry.factor())).isEqualTo(retry);
    assertThat(retry.jitter(retry.jitter())).isEqualTo(retry);
    assertThat(retry.maxDelay(retry.maxDelay())).isEqualTo(retry);
    assertThat(retry.maxAttempts(5).maxDuration()).isEqualTo(retry.maxDuration());
    assertThat(retry.within(Duration.ofDays(1)).maxAttempts()).isEmpty();
    assertThat(retry.stopOn()).isEqualTo(retry);
    assertThat(retry.stopOn("X").finalCodes()).containsAll(retry.finalCodes()).contains("X");
  }

  @Example
  void shouldNotBeFooled_whenADoubleRoundsUp() {
    // given a number of nanoseconds that no double holds, and whose nearest double is above it
    Duration odd = Duration.ofNanos(YEAR - 1);
    // then
    assertThat(Retry.fixed(odd).delay(1, 0)).isEqualTo(odd);
  }

  @Provide
  Arbitrary<Retry> policies() {
    return Combinators.combine(
            waits(),
            Arbitraries.oneOf(
                Arbitraries.doubles().between(1, 10), Arbitraries.of(1.0, 1e9, Double.MAX_VALUE)),
            Arbitraries.doubles().between(0, 1),
            waits(),
            Arbitraries.integers().between(1, 1_000).optional(),
            waits().optional(),
            Arbitraries.of("A", "B", "C").set().ofMaxSize(2))
        .as(
            (initial, factor, jitter, maxDelay, attempts, within, codes) -> {
              Retry retry =
                  Retry.exponential(initial)
                      .factor(factor)
                      .jitter(jitter)
                      .maxDelay(maxDelay)
                      .stopOn(codes.toArray(String[]::new));
              retry = within.map(retry::within).orElse(retry);
              return attempts.map(retry::maxAttempts).orElse(retry);
            })
        .withoutEdgeCases(); // they are drawn from the parts, and too many together
  }

  @Provide
  Arbitrary<Duration> waits() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(1, YEAR),
            Arbitraries.longs().between(1, 60_000).map(millis -> millis * 1_000_000),
            Arbitraries.of(1L, YEAR - 1, YEAR))
        .map(Duration::ofNanos);
  }

  @Provide
  Arbitrary<Double> chances() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(0, 1), Arbitraries.of(0.0, 0.5, Math.nextDown(1.0), 1.0));
  }

  /** Two roundings to a nanosecond and one to a double. */
  private static double roundingOf(double base) {
    return 2 + Math.ulp(2 * base);
  }

  private static Retry copyOf(Retry retry) {
    Retry copy =
        Retry.exponential(retry.initial())
            .factor(retry.factor())
            .jitter(retry.jitter())
            .maxDelay(retry.maxDelay())
            .unlimited()
            .stopOn(retry.finalCodes().toArray(String[]::new));
    copy = retry.maxDuration().map(copy::within).orElse(copy);
    return retry.maxAttempts().map(copy::maxAttempts).orElse(copy);
  }
}
