package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryTest {

  private static final Retry POLICY = Retry.exponential(Duration.ofMillis(200));

  @Test
  void shouldHaveTheDefaultsOfItsJavadoc_whenNothingIsSaid() {
    assertThat(POLICY)
        .isEqualTo(POLICY.factor(2).jitter(0.2).maxDelay(Duration.ofSeconds(30)).maxAttempts(8));
    assertThat(POLICY.maxDuration()).isEmpty();
    assertThat(POLICY.finalCodes()).isEmpty();
  }

  @Test
  void shouldNotCapTheFirstWait_whenItIsLongerThanTheDefaultCap() {
    assertThat(Retry.exponential(Duration.ofMinutes(2)).maxDelay())
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void shouldWaitTheSame_whenFixed() {
    // given
    Retry fixed = Retry.fixed(Duration.ofNanos(123_456_789));
    // then
    assertThat(fixed.delay(1, 0.1)).isEqualTo(Duration.ofNanos(123_456_789));
    assertThat(fixed.delay(7, 0.9)).isEqualTo(Duration.ofNanos(123_456_789));
  }

  @Test
  void shouldTryOnce_whenThereIsNoRetry() {
    assertThat(Retry.none().afterFailure(1, Duration.ZERO, Optional.empty(), 0))
        .isEqualTo(new RetryDecision.GiveUp("all 1 attempts are used up"));
  }

  @Test
  void shouldGrowAsInTheTextbook_whenThereIsNoJitter() {
    // given
    Retry exact = POLICY.jitter(0).maxDelay(Duration.ofSeconds(1));
    // then
    assertThat(exact.delay(1, 0)).isEqualTo(Duration.ofMillis(200));
    assertThat(exact.delay(2, 0)).isEqualTo(Duration.ofMillis(400));
    assertThat(exact.delay(3, 0)).isEqualTo(Duration.ofMillis(800));
    assertThat(exact.delay(4, 0)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldTellPoliciesApart_whenAnySettingDiffers() {
    assertThat(POLICY)
        .isNotEqualTo(Retry.exponential(Duration.ofMillis(201)))
        .isNotEqualTo(POLICY.factor(3))
        .isNotEqualTo(POLICY.jitter(0.3))
        .isNotEqualTo(POLICY.maxDelay(Duration.ofSeconds(31)))
        .isNotEqualTo(POLICY.maxAttempts(9))
        .isNotEqualTo(POLICY.within(Duration.ofDays(1)).maxAttempts(8))
        .isNotEqualTo(POLICY.unlimited())
        .isNotEqualTo(POLICY.stopOn("CLOSED"));
  }

  @Test
  void shouldPrintItsSettings_whenAsked() {
    assertThat(POLICY.within(Duration.ofHours(1)).maxAttempts(3).stopOn("B", "A"))
        .hasToString(
            "Retry[initial=PT0.2S, factor=2.0, jitter=0.2, maxDelay=PT30S, maxAttempts=3,"
                + " within=PT1H, stopOn=[A, B]]");
  }

  @Test
  void shouldRefuseAFactor_whenItWouldShrinkTheWait() {
    refuses(() -> POLICY.factor(0.9), "Expected a retry factor of 1 or above, but found 0.9");
    refuses(
        () -> POLICY.factor(Double.NaN), "Expected a retry factor of 1 or above, but found NaN");
    refuses(
        () -> POLICY.factor(Double.POSITIVE_INFINITY),
        "Expected a retry factor of 1 or above, but found Infinity");
  }

  @Test
  void shouldRefuseAJitter_whenItIsNoPart() {
    refuses(() -> POLICY.jitter(-0.1), "Expected a jitter from 0 to 1, but found -0.1");
    refuses(() -> POLICY.jitter(1.1), "Expected a jitter from 0 to 1, but found 1.1");
    refuses(() -> POLICY.jitter(Double.NaN), "Expected a jitter from 0 to 1, but found NaN");
  }

  @Test
  void shouldRefuseADuration_whenItIsNoWait() {
    refuses(
        () -> Retry.exponential(Duration.ZERO),
        "Expected an initial delay above zero and at most 366 days, but found PT0S");
    refuses(
        () -> Retry.fixed(Duration.ofMillis(-5)),
        "Expected an initial delay above zero and at most 366 days, but found PT-0.005S");
    refuses(
        () -> POLICY.maxDelay(Duration.ofDays(367)),
        "Expected a maximal delay above zero and at most 366 days, but found PT8808H");
    refuses(
        () -> POLICY.within(Duration.ZERO),
        "Expected a maximal duration above zero and at most 366 days, but found PT0S");
  }

  @Test
  void shouldRefuseAttempts_whenThereIsNotEvenAFirst() {
    refuses(
        () -> POLICY.maxAttempts(0),
        "Expected at least 1 attempt, but found 0; the first one counts");
    refuses(
        () -> POLICY.delay(0, 0.5),
        "Expected an attempt of 1 or above, but found 0; the first one counts");
    refuses(
        () -> POLICY.afterFailure(-1, Duration.ZERO, Optional.empty(), 0.5),
        "Expected an attempt of 1 or above, but found -1; the first one counts");
  }

  @Test
  void shouldRefuseChance_whenItIsNone() {
    refuses(() -> POLICY.delay(1, 1.5), "Expected a random number from 0 to 1, but found 1.5");
    refuses(() -> POLICY.delay(1, -0.5), "Expected a random number from 0 to 1, but found -0.5");
    refuses(
        () -> POLICY.afterFailure(1, Duration.ZERO, Optional.empty(), Double.NaN),
        "Expected a random number from 0 to 1, but found NaN");
  }

  private static void refuses(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }
}
