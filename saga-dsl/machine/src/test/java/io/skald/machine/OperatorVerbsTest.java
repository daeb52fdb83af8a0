package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retry now and skip; cancel, resume and abort have tests of their laws. */
class OperatorVerbsTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldTryAtOnce_whenAStepWaitsForItsRetry() {
    // given
    trip.fail("hotel");
    // when
    trip.retryNow();
    // then
    assertThat(trip.commands("hotel", Phase.ACTION).getLast().attempts().number()).isEqualTo(2);
    assertThat(trip.entries(RetryHastened.class)).extracting(RetryHastened::actor).contains("bob");
  }

  @Test
  void shouldTryOnce_whenRetryIsPressedTwice() {
    // given
    trip.fail("hotel");
    trip.retryNow();
    // when
    Decision again = trip.retryNow();
    // then
    assertThat(again.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.NOTHING_TO_RETRY));
    assertThat(trip.commands("hotel", Phase.ACTION)).hasSize(2);
  }

  @Test
  void shouldGoOnWithTheSubstitute_whenAStepIsSkipped() {
    // when
    trip.skip("hotel", Phase.ACTION);
    // then
    assertThat(trip.sent()).containsExactly("hotel", "insurance");
    assertThat(trip.data().receipts()).containsExactly("skipped");
    assertThat(trip.entries(StepSkipped.class))
        .extracting(StepSkipped::reason)
        .containsExactly("by hand");
  }

  @Test
  void shouldIgnoreTheAnswer_whenItComesAfterTheStepWasSkipped() {
    // given
    trip.skip("hotel", Phase.ACTION);
    // when
    Decision late = trip.succeed("hotel");
    // then
    assertThat(late.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.ALREADY_SETTLED));
  }

  @Test
  void shouldGoOn_whenWhatWasRefusedForGoodIsSkipped() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.succeed("flight");
    trip.succeed("payment");
    trip.reject("ticket");
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    // when
    trip.skip("ticket", Phase.ACTION);
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldGoOnBack_whenACompensationIsSkipped() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.reject("flight");
    trip.timeOut("hotel", Phase.COMPENSATION);
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    // when
    trip.skip("hotel", Phase.COMPENSATION);
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldNotSkip_whenTheStepIsNotUnderWay() {
    // when, then
    assertThat(trip.skip("payment", Phase.ACTION).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.NOTHING_TO_SKIP));
    assertThat(trip.skip("hotel", Phase.COMPENSATION).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.NOTHING_TO_SKIP));
  }

  @Test
  void shouldRefuse_whenTheSubstituteIsNoReply() {
    // when
    Decision refused =
        trip.give(
            new Input.SkipRequested("m", new StepName("hotel"), Phase.ACTION, "[]", "bob", "x"));
    // then
    assertThat(refused.verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(trip.sent()).containsExactly("hotel");
  }
}
