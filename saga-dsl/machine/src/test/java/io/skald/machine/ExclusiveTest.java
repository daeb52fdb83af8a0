package io.skald.machine;

import static io.skald.machine.Trips.HOTEL;
import static io.skald.machine.Trips.undoable;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.machine.Trips.Trip;
import io.skald.saga.Exclusive;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** At most one saga of a definition and key is under way at a time. */
class ExclusiveTest {

  private static final SagaId FIRST = SagaId.forStart("trip", "T-1", "first");
  private static final SagaId LAST = SagaId.forStart("trip", "T-1", "last");
  private static final Contention OTHERS = new Contention(FIRST, LAST, 7, 1);

  private final Rehearsal queue = new Rehearsal(exclusive(Exclusive.QUEUE));
  private final Rehearsal reject = new Rehearsal(exclusive(Exclusive.REJECT));

  private static SagaDefinition<Trip> exclusive(Exclusive second) {
    return undoable(Trips.head().exclusive(second), "hotel", HOTEL)
        .await("approval", RandomTrip.Approved.class, Duration.ofMinutes(1), (trip, signal) -> trip)
        .build();
  }

  @Test
  void shouldBeginAtOnce_whenNobodyIsThere() {
    // when
    queue.start(Trip.named("T-1"));
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.RUNNING);
    assertThat(queue.state().core().place()).isEqualTo(1);
    assertThat(queue.state().core().deadline()).contains(queue.now().plus(Trips.DEADLINE));
  }

  @Test
  void shouldHaveNoPlace_whenItsDefinitionIsNotExclusive() {
    // given
    Rehearsal trip = new Rehearsal(Trips.trip());
    // when
    trip.startAmong(OTHERS, Trip.named("T-1"));
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.RUNNING);
    assertThat(trip.state().core().isExclusive()).isFalse();
  }

  @Test
  void shouldRefuseTheSecond_whenTheDefinitionRejects() {
    // when
    Decision second = reject.startAmong(OTHERS, Trip.named("T-1"));
    // then
    assertThat(second.verdict())
        .isEqualTo(
            new Verdict.Excluded(
                FIRST,
                "Expected no other saga of definition 'trip' with key 'T-1', but found saga '"
                    + FIRST
                    + "', which has not ended"));
    assertThat(second.state()).isEmpty();
    assertThat(second.transition()).isEmpty();
  }

  @Test
  void shouldWaitBehindTheLast_whenOthersAreThere() {
    // when
    queue.startAmong(OTHERS, Trip.named("T-1"));
    // then
    assertThat(queue.entries())
        .extracting(entry -> (Object) entry.getClass())
        .containsExactly(SagaStarted.class, SagaQueued.class);
    assertThat(queue.state()).isInstanceOf(SagaState.Queued.class);
    assertThat(((SagaState.Queued) queue.state()).behind()).isEqualTo(LAST);
    assertThat(queue.state().core().place()).isEqualTo(8);
    assertThat(queue.state().nextDueAt()).isEmpty();
    assertThat(queue.state().core().deadline()).isEmpty();
  }

  @Test
  void shouldRefuse_whenAsManyWaitAsMay() {
    // when
    Decision last =
        queue.startAmong(
            new Contention(FIRST, LAST, 2_000, Contention.MAX_WAITING), Trip.named("T-1"));
    // then
    assertThat(last.verdict()).isInstanceOf(Verdict.Excluded.class);
    assertThat(((Verdict.Excluded) last.verdict()).because()).contains("1000 wait");
    // when
    queue.startAmong(
        new Contention(FIRST, LAST, 2_000, Contention.MAX_WAITING - 1), Trip.named("T-1"));
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.QUEUED);
  }

  @Test
  void shouldBegin_whenItsTurnComes() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    queue.tick(Trips.DEADLINE.multipliedBy(3));
    // when
    queue.turnCame();
    // then its deadline is counted from now
    assertThat(queue.sent()).containsExactly("hotel");
    assertThat(queue.status()).isEqualTo(SagaStatus.RUNNING);
    assertThat(queue.entries(SagaTurnCame.class)).hasSize(1);
    assertThat(queue.state().core().deadline()).contains(queue.now().plus(Trips.DEADLINE));
    assertThat(queue.turnCame().verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.NOT_QUEUED));
  }

  @Test
  void shouldParkAtItsTurn_whenItsDefinitionIsMissing() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    queue.giveWithoutDefinition(new Input.TimerFired("t"));
    assertThat(queue.status()).isEqualTo(SagaStatus.QUEUED);
    // when
    queue.giveWithoutDefinition(new Input.TurnCame("m"));
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(queue.state().core().deadline()).contains(queue.now().plus(Trips.DEADLINE));
    // when
    queue.resume();
    // then
    assertThat(queue.sent()).containsExactly("hotel");
  }

  @Test
  void shouldEndWithoutAStep_whenItIsCancelledWhileItWaits() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    // when
    queue.cancel();
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(queue.sent()).isEmpty();
  }

  @Test
  void shouldEndWithoutAStep_whenItIsAbortedWhileItWaits() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    // when
    queue.abort();
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.ABORTED);
    assertThat(queue.sent()).isEmpty();
  }

  @Test
  void shouldTakeTheSignalAtItsPlace_whenItCameWhileTheSagaWaited() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    // when
    queue.signal("approval", "s-1");
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.QUEUED);
    // when
    queue.turnCame();
    queue.succeed("hotel");
    // then
    assertThat(queue.status()).isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldSaySo_whenNothingOfItCanBeRetriedSkippedOrResumed() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    // when, then
    assertThat(queue.retryNow().verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.QUEUED));
    assertThat(queue.skip("hotel", Phase.ACTION).verdict())
        .isEqualTo(new Verdict.Ignored(IgnoreReason.QUEUED));
    assertThat(queue.resume().verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.NOT_PARKED));
    assertThat(queue.status()).isEqualTo(SagaStatus.QUEUED);
  }

  @Test
  void shouldBeTheSameSaga_whenTheSameStartComesAgainWhileItWaits() {
    // given
    queue.startAmong(OTHERS, Trip.named("T-1"));
    // when
    Decision again = queue.start(Trip.named("T-1"));
    // then
    assertThat(again.verdict()).isEqualTo(new Verdict.Ignored(IgnoreReason.REPEATED_START));
    assertThat(queue.status()).isEqualTo(SagaStatus.QUEUED);
  }

  @Test
  void shouldSayInItsJournal_whenAnotherStartIsRefusedBecauseOfIt() {
    // given
    reject.start(Trip.named("T-1"));
    // when
    reject.excluded();
    // then
    assertThat(reject.entries(InputIgnored.class))
        .containsExactly(
            new InputIgnored(
                "StartExcluded",
                IgnoreReason.EXCLUDES_ANOTHER,
                SagaId.forKey("trip", "T-2") + ": it is there"));
    assertThat(reject.status()).isEqualTo(SagaStatus.RUNNING);
  }
}
