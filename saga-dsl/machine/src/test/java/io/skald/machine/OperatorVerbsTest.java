package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Trip;
import io.skald.saga.SagaDefinition;
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

  /** After the pivot a ticket and a seat, side by side. */
  private static SagaDefinition<Trip> ticketAndSeat() {
    return Trips.head()
        .pivot("payment", Trips.BANK, Do.class, t -> new Do(t.id(), "payment"))
        .parallel(
            "papers",
            p ->
                p.then("ticket", Trips.FLIGHT, Do.class, t -> new Do(t.id(), "ticket"))
                    .then("seat", Trips.FLIGHT, Do.class, t -> new Do(t.id(), "seat")))
        .build();
  }

  @Test
  void shouldSkipOnlyWhatWasRefused_whenThatHasParkedTheSaga() {
    // given
    trip = Rehearsal.started(ticketAndSeat());
    trip.succeed("payment");
    trip.reject("ticket");
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    // when
    Decision beside = trip.skip("seat", Phase.ACTION);
    // then
    assertThat(beside.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.REFUSED_FOR_GOOD));
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    // when
    trip.skip("ticket", Phase.ACTION);
    trip.succeed("seat");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldRefuse_whenTheSubstituteCannotBeFolded() {
    // given
    trip =
        Rehearsal.started(
            Trips.head()
                .step("hotel", Trips.HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
                .onReply(
                    (t, done) -> {
                      if (done.receipt().equals(ModelParticipants.SKIPPED)) {
                        throw new IllegalStateException("no such receipt");
                      }
                      return t.with(done);
                    })
                .nothingToCompensate()
                .build());
    // when
    Decision refused = trip.skip("hotel", Phase.ACTION);
    // then
    assertThat(refused.verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
    // when
    trip.succeed("hotel");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldNotWaitForWhatIsUnderWay_whenASagaOnItsWayBackIsCancelled() {
    // given: flight and car side by side, of which one is refused
    trip =
        Rehearsal.started(
            Trips.undoable(
                    Trips.head()
                        .parallel(
                            "ways",
                            p ->
                                Trips.undoable(
                                    Trips.undoable(p, "flight", Trips.FLIGHT), "car", Trips.HOTEL)),
                    "dinner",
                    Trips.HOTEL)
                .build());
    trip.reject("flight");
    assertThat(trip.commands("car", Phase.COMPENSATION)).isEmpty();
    // when
    trip.cancel();
    // then
    assertThat(trip.commands("car", Phase.COMPENSATION)).hasSize(1);
    assertThat(trip.cancel().verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.ALREADY_COMPENSATING));
  }
}
