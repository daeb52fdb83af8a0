package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** L3: compensation covers all that may have happened, in reverse order, and nothing else. */
class L3CompensateAllTest {

  private Rehearsal trip = new Rehearsal(Trips.trip());

  @BeforeEach
  void start() {
    trip = Rehearsal.started(Trips.trip());
  }

  @Test
  void shouldCompensateInReverseOrder_whenThePivotIsRefused() {
    // given
    runUntilPayment();
    // when
    trip.reject("payment");
    trip.undo("flight");
    trip.undo("hotel");
    // then
    assertThat(backwards()).containsExactly("-flight", "-hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldCompensateOneAfterTheOther_whenSeveralHaveHappened() {
    // given
    runUntilPayment();
    // when
    trip.reject("payment");
    // then
    assertThat(backwards()).containsExactly("-flight");
  }

  @Test
  void shouldNotCompensateTheStep_whenItWasRefused() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    // when
    trip.reject("flight");
    trip.undo("hotel");
    // then
    assertThat(backwards()).containsExactly("-hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldNotCompensateAnything_whenTheFirstStepWasRefused() {
    // when
    trip.reject("hotel");
    // then
    assertThat(backwards()).isEmpty();
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldCompensateTheStepToo_whenNobodyKnowsWhetherItHappened() {
    // given
    trip.succeed("hotel");
    trip.succeed("insurance");
    // when
    trip.timeOut("flight", Phase.ACTION);
    trip.undo("flight");
    trip.undo("hotel");
    // then
    assertThat(trip.step("flight").action()).isInstanceOf(PhaseState.Unknown.class);
    assertThat(backwards()).containsExactly("-flight", "-hotel");
  }

  @Test
  void shouldCompensateTheStepToo_whenItsAttemptsFailed() {
    // given a duplicate of a failed command may still run, so its outcome is unknown
    trip.fail("hotel");
    trip.wake();
    trip.fail("hotel");
    trip.wake();
    // when
    trip.fail("hotel");
    // then
    assertThat(trip.step("hotel").action()).isInstanceOf(PhaseState.Unknown.class);
    assertThat(backwards()).containsExactly("-hotel");
  }

  @Test
  void shouldCompensateTheStepToo_whenCancelledBeforeItsAnswer() {
    // when
    trip.cancel();
    // then
    assertThat(trip.step("hotel").action()).isInstanceOf(PhaseState.Unknown.class);
    assertThat(backwards()).containsExactly("-hotel");
  }

  @Test
  void shouldCompensateTheStepToo_whenCancelledBetweenTwoAttempts() {
    // given
    trip.wake();
    // when
    trip.cancel();
    // then
    assertThat(backwards()).containsExactly("-hotel");
  }

  @Test
  void shouldUseTheReply_whenTheStepIsKnownToHaveHappened() {
    // given
    trip.succeed("hotel");
    // when
    trip.reject("insurance");
    // then
    assertThat(trip.commands("hotel", Phase.COMPENSATION))
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.command()).isEqualTo(new MessageType("Undo", 1));
              assertThat(command.payload()).contains("receipt of hotel");
            });
  }

  @Test
  void shouldUseTheDataAlone_whenTheOutcomeIsUnknown() {
    // when
    trip.timeOut("hotel", Phase.ACTION);
    // then
    assertThat(trip.commands("hotel", Phase.COMPENSATION))
        .singleElement()
        .satisfies(c -> assertThat(c.command()).isEqualTo(new MessageType("UndoBlind", 1)));
  }

  @Test
  void shouldPassOverTheStep_whenThereIsNothingToCompensate() {
    // given
    trip.succeed("hotel");
    // when
    trip.timeOut("insurance", Phase.ACTION);
    trip.undo("hotel");
    // then
    assertThat(backwards()).containsExactly("-hotel");
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPENSATED);
  }

  private void runUntilPayment() {
    trip.succeed("hotel");
    trip.succeed("insurance");
    trip.succeed("flight");
  }

  private List<String> backwards() {
    return trip.sent().stream().filter(step -> step.startsWith("-")).toList();
  }
}
