package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.Trips.Done;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L2: a step settles once per phase; what comes twice, late or unasked is on record, no more. */
class L2SettledOnceTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldFoldOnce_whenTheSameReplyComesTenTimes() {
    // when
    trip.succeed("hotel");
    for (int i = 0; i < 9; i++) {
      Decision repeat = trip.reply("hotel", Phase.ACTION, 1, Outcome.SUCCEEDED);
      assertIgnored(repeat, IgnoreReason.ALREADY_SETTLED);
    }
    // then
    assertThat(trip.data().receipts()).containsExactly("receipt of hotel");
    assertThat(trip.entries(StepSucceeded.class)).hasSize(1);
    assertThat(trip.entries(InputIgnored.class)).hasSize(9);
    assertThat(trip.sent()).containsExactly("hotel", "insurance");
  }

  @Test
  void shouldStaySettled_whenAnotherOutcomeComesLater() {
    // given
    trip.succeed("hotel");
    // when
    Decision refusal = trip.reply("hotel", Phase.ACTION, 1, Outcome.REJECTED);
    Decision failure = trip.reply("hotel", Phase.ACTION, 1, Outcome.FAILED);
    // then
    assertIgnored(refusal, IgnoreReason.ALREADY_SETTLED);
    assertIgnored(failure, IgnoreReason.ALREADY_SETTLED);
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
  }

  @Test
  void shouldIgnoreReply_whenItsCommandWasNeverSent() {
    // when
    Decision early = trip.reply("flight", Phase.ACTION, 1, Outcome.SUCCEEDED);
    Decision wrongPhase = trip.reply("hotel", Phase.COMPENSATION, 1, Outcome.SUCCEEDED);
    // then
    assertIgnored(early, IgnoreReason.NEVER_ISSUED);
    assertIgnored(wrongPhase, IgnoreReason.NEVER_ISSUED);
    assertThat(trip.step("hotel").action().isOpen()).isTrue();
  }

  @Test
  void shouldRefuseReply_whenItCanNotBelongToTheSaga() {
    // when
    MessageType done = MessageType.of(Done.class);
    Decision foreign = trip.replyFrom(Trips.BANK, "hotel", done, "{\"receipt\":\"forged\"}");
    Decision unknown = trip.replyFrom(Trips.HOTEL, "sauna", done, "{\"receipt\":\"1\"}");
    Decision otherType = trip.replyFrom(Trips.HOTEL, "hotel", new MessageType("Eh", 1), "{}");
    Decision otherVersion = trip.replyFrom(Trips.HOTEL, "hotel", new MessageType("Done", 2), "{}");
    Decision notJson = trip.replyFrom(Trips.HOTEL, "hotel", done, "{");
    Decision nothing = trip.replyFrom(Trips.HOTEL, "hotel", done, "null");
    // then
    assertRefused(foreign, "from participant 'hotel-service', but it came from 'bank'");
    assertRefused(unknown, "found step 'sauna'");
    assertRefused(otherType, "answered by Done v1, but found Eh v1");
    assertRefused(otherVersion, "answered by Done v1, but found Done v2");
    assertRefused(notJson, "can't read Done");
    assertRefused(nothing, "found null");
    assertThat(trip.step("hotel").action().isOpen()).isTrue();
  }

  @Test
  void shouldRefuseAnyInput_whenThereIsNoSaga() {
    // given
    trip = new Rehearsal(Trips.trip());
    // when
    Decision decision = trip.fire();
    // then
    assertRefused(decision, "Expected a saga of that id");
    assertThat(decision.state()).isEmpty();
  }

  @Test
  void shouldTakeLateSuccess_whenAwaitingTheNextAttempt() {
    // given
    trip.wake();
    assertThat(trip.step("hotel").action()).isInstanceOf(PhaseState.AwaitingRetry.class);
    // when
    trip.reply("hotel", Phase.ACTION, 1, Outcome.SUCCEEDED);
    // then
    assertThat(trip.step("hotel").action()).isInstanceOf(PhaseState.Succeeded.class);
    assertThat(trip.sent()).containsExactly("hotel", "insurance");
  }

  @Test
  void shouldSettleByEitherAttempt_whenTwoAreUnderWay() {
    // given
    trip.wake();
    trip.wake();
    // when
    trip.reply("hotel", Phase.ACTION, 1, Outcome.SUCCEEDED);
    Decision second = trip.reply("hotel", Phase.ACTION, 2, Outcome.SUCCEEDED);
    // then
    assertIgnored(second, IgnoreReason.ALREADY_SETTLED);
    assertThat(trip.sent()).containsExactly("hotel", "hotel", "insurance");
  }

  @Test
  void shouldTakeRefusalOfAnEarlierAttempt_whenALaterOneIsUnderWay() {
    // given a participant that refuses records it, so every attempt will be refused
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.wake();
    trip.wake();
    // when
    trip.reply("flight", Phase.ACTION, 1, Outcome.REJECTED);
    Decision second = trip.reply("flight", Phase.ACTION, 2, Outcome.REJECTED);
    // then
    assertThat(trip.step("flight").action()).isInstanceOf(PhaseState.Rejected.class);
    assertIgnored(second, IgnoreReason.TURNED_BACK);
  }

  @Test
  void shouldIgnoreFailureOfAnEarlierAttempt_whenALaterOneIsUnderWay() {
    // given
    trip.wake();
    trip.wake();
    // when
    Decision stale = trip.reply("hotel", Phase.ACTION, 1, Outcome.FAILED);
    // then
    assertIgnored(stale, IgnoreReason.STALE_ATTEMPT);
    assertThat(trip.step("hotel").action()).isInstanceOf(PhaseState.AwaitingReply.class);
  }

  @Test
  void shouldCountAFailureOnce_whenItComesTwice() {
    // given
    trip.fail("hotel");
    // when
    Decision again = trip.reply("hotel", Phase.ACTION, 1, Outcome.FAILED);
    // then
    assertIgnored(again, IgnoreReason.STALE_ATTEMPT);
  }

  @Test
  void shouldNotTakeLateActionReplyForTheCompensation_whenSagaHasTurnedBack() {
    // given
    trip.cancel();
    // when
    Decision late = trip.reply("hotel", Phase.ACTION, 1, Outcome.SUCCEEDED);
    // then
    assertIgnored(late, IgnoreReason.TURNED_BACK);
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(trip.step("hotel").compensation().orElseThrow().isOpen()).isTrue();
  }

  @Test
  void shouldCompensateOnce_whenTheAnswerComesTwice() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.cancel();
    trip.undo("flight");
    // when
    Decision again = trip.reply("flight", Phase.COMPENSATION, 1, Outcome.SUCCEEDED);
    // then
    assertIgnored(again, IgnoreReason.ALREADY_SETTLED);
    assertThat(trip.entries(StepCompensated.class)).hasSize(1);
    assertThat(trip.sent()).endsWith("-flight", "-hotel");
  }

  @Test
  void shouldStayAsItEnded_whenAnythingComesLater() {
    // given
    trip.reject("hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
    // when, then
    assertIgnored(trip.reply("hotel", Phase.ACTION, 1, Outcome.SUCCEEDED), IgnoreReason.TERMINAL);
    assertIgnored(trip.cancel(), IgnoreReason.TERMINAL);
    assertIgnored(trip.abort(), IgnoreReason.TERMINAL);
    assertIgnored(trip.resume(), IgnoreReason.NOT_PARKED);
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldKeepOneSaga_whenItIsStartedAgain() {
    // when
    Decision same = trip.start(Trips.Trip.named("T-1"));
    Decision other = trip.start(Trips.Trip.named("T-2"));
    // then
    assertIgnored(same, IgnoreReason.REPEATED_START);
    assertIgnored(other, IgnoreReason.CONFLICTING_START);
    assertThat(trip.sent()).containsExactly("hotel");
  }

  private static void assertIgnored(Decision decision, IgnoreReason reason) {
    assertThat(decision.verdict()).isEqualTo(new Verdict.Ignored(reason));
    assertThat(decision.transition().orElseThrow().entries())
        .singleElement()
        .isInstanceOfSatisfying(
            InputIgnored.class, entry -> assertThat(entry.reason()).isEqualTo(reason));
  }

  private static void assertRefused(Decision decision, String because) {
    assertThat(decision.verdict())
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.because()).contains(because));
    assertThat(decision.transition()).isEqualTo(Optional.empty());
  }
}
