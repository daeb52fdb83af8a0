package io.skald.orchestrator.rest;

import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.awaitingReply;
import static io.skald.orchestrator.rest.Orders.awaitingRetry;
import static io.skald.orchestrator.rest.Orders.core;
import static io.skald.orchestrator.rest.Orders.problem;
import static io.skald.orchestrator.rest.Orders.rejected;
import static io.skald.orchestrator.rest.Orders.step;
import static io.skald.orchestrator.rest.Orders.succeeded;
import static io.skald.orchestrator.rest.Orders.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.skald.machine.CompensationCause;
import io.skald.machine.ParentLink;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SagaViewsTest {

  private final SagaViews views = new SagaViews(Orders.DEFINITIONS);

  @Test
  void shouldShowEveryStepInOrder_whenRunning() {
    // when
    SagaView view =
        views.of(
            new SagaState.Running(
                core(
                    step("payment", succeeded()),
                    step("screen", succeeded()),
                    step("inventory", awaitingReply(2)))));
    // then
    assertThat(view.steps())
        .extracting(StepView::name, StepView::status)
        .containsExactly(
            tuple("payment", StepStatus.SUCCEEDED),
            tuple("screen", StepStatus.SUCCEEDED),
            tuple("inventory", StepStatus.RUNNING),
            tuple("shipping", StepStatus.PENDING),
            tuple("notify", StepStatus.PENDING));
    StepView inventory = view.steps().get(2);
    assertThat(inventory.attempts()).isEqualTo(2);
    assertThat(inventory.participant()).contains("inventory");
    assertThat(inventory.kind()).isEqualTo(StepKind.COMPENSATABLE);
    assertThat(inventory.startedAt()).contains(NOON);
    assertThat(inventory.endedAt()).isEmpty();
    assertThat(inventory.timeoutAt()).contains(NOON.plusSeconds(32));
    assertThat(inventory.lastError()).contains(new ErrorView("TIMEOUT", "It said TIMEOUT"));
    assertThat(view.steps().getFirst().endedAt()).contains(NOON.plusSeconds(1));
  }

  @Test
  void shouldSayWhatItWaitsFor_whenAReplyIsAwaited() {
    // when
    NextView next = next(new SagaState.Running(core(step("payment", awaitingReply(2)))));
    // then
    assertThat(next.step()).contains("payment");
    assertThat(next.phase()).contains(Phase.ACTION);
    assertThat(next.at()).contains(NOON.plusSeconds(32));
    assertThat(next.because())
        .isEqualTo("awaiting the reply to attempt 2 until 2026-01-31T12:00:32Z");
    assertThat(next.then()).containsExactly("screen", "inventory", "shipping", "notify");
  }

  @Test
  void shouldSayWhenItTriesAgain_whenAnAttemptWentWrong() {
    // given
    SagaState state = new SagaState.Running(core(step("payment", awaitingRetry(3))));
    // when
    SagaView view = views.of(state);
    // then
    assertThat(view.steps().getFirst().status()).isEqualTo(StepStatus.RETRYING);
    assertThat(view.steps().getFirst().nextRetryAt()).contains(NOON.plusSeconds(4));
    assertThat(view.steps().getFirst().timeoutAt()).isEmpty();
    assertThat(view.next().orElseThrow().because())
        .isEqualTo("attempt 3 went wrong (BUSY); attempt 4 is issued at 2026-01-31T12:00:04Z");
  }

  @Test
  void shouldSayThatItTurnsBack_whenTheDeadlineComesFirst() {
    // given
    SagaCore core = core(step("payment", awaitingReply(1)));
    Instant deadline = NOON.plusSeconds(10);
    SagaState state = new SagaState.Running(withDeadline(core, deadline));
    // when
    NextView next = next(state);
    // then
    assertThat(next.at()).contains(deadline);
    assertThat(next.because()).startsWith("the deadline 2026-01-31T12:00:10Z comes first");
  }

  @Test
  void shouldNotSpeakOfTheDeadline_whenPastThePointOfNoReturn() {
    // given
    SagaCore core =
        withDeadline(
            core(step("payment", succeeded()), step("shipping", awaitingReply(1))),
            NOON.plusSeconds(10));
    // when
    SagaView view = views.of(new SagaState.Running(core));
    // then
    assertThat(view.next().orElseThrow().at()).contains(NOON.plusSeconds(32));
    assertThat(view.links()).containsKey("abort").doesNotContainKeys("cancel", "resume");
  }

  @Test
  void shouldShowWhyAndWhatIsOwed_whenCompensating() {
    // when
    SagaView view =
        views.of(
            new SagaState.Compensating(
                core(
                    step("payment", succeeded()),
                    step("screen", succeeded()),
                    step("inventory", unknown(4), awaitingRetry(2)),
                    step("shipping", rejected())),
                CompensationCause.STEP_REJECTED,
                Optional.of(new StepName("shipping")),
                Optional.of(problem("NO_CARRIER"))));
    // then
    assertThat(view.steps())
        .extracting(StepView::status)
        .containsExactly(
            StepStatus.SUCCEEDED,
            StepStatus.SUCCEEDED,
            StepStatus.COMPENSATION_RETRYING,
            StepStatus.REJECTED,
            StepStatus.LEFT_OUT);
    assertThat(view.steps().get(2).attempts()).isEqualTo(4);
    assertThat(view.steps().get(2).compensationAttempts()).isEqualTo(2);
    assertThat(view.steps().get(2).lastError().orElseThrow().code()).isEqualTo("BUSY");
    CompensationView compensation = view.compensation().orElseThrow();
    assertThat(compensation.cause()).isEqualTo(CompensationCause.STEP_REJECTED);
    assertThat(compensation.failedStep()).contains("shipping");
    NextView next = view.next().orElseThrow();
    assertThat(next.step()).contains("inventory");
    assertThat(next.phase()).contains(Phase.COMPENSATION);
    // The step with nothing to compensate is not owed.
    assertThat(next.then()).containsExactly("payment");
    assertThat(view.links()).containsKey("abort").doesNotContainKeys("cancel", "resume");
  }

  @Test
  void shouldShowCompensations_whenTheyAreUnderWayOrDone() {
    // when
    SagaView view =
        views.of(
            new SagaState.Compensating(
                core(
                    step("payment", succeeded(), awaitingReply(1)),
                    step("screen", succeeded()),
                    step("inventory", unknown(1), succeeded())),
                CompensationCause.CANCELLED,
                Optional.empty(),
                Optional.of(problem("CANCELLED"))));
    // then
    assertThat(view.steps())
        .extracting(StepView::status)
        .containsExactly(
            StepStatus.COMPENSATING,
            StepStatus.SUCCEEDED,
            StepStatus.COMPENSATED,
            StepStatus.LEFT_OUT,
            StepStatus.LEFT_OUT);
    assertThat(view.steps().get(2).compensationEndedAt()).contains(NOON.plusSeconds(1));
    assertThat(view.next().orElseThrow().then()).isEmpty();
  }

  @Test
  void shouldShowWhoCanHelp_whenParkedPastThePointOfNoReturn() {
    // when
    SagaView view =
        views.of(
            parked(
                new SagaState.Running(
                    core(
                        step("payment", succeeded()),
                        step("screen", succeeded()),
                        step("inventory", succeeded()),
                        step("shipping", unknown(8)))),
                ParkReason.STEP_GIVEN_UP,
                "shipping"));
    // then
    assertThat(view.steps().get(3).status()).isEqualTo(StepStatus.UNKNOWN);
    assertThat(view.steps().get(4).status()).isEqualTo(StepStatus.PENDING);
    ParkedView parked = view.parked().orElseThrow();
    assertThat(parked.reason()).isEqualTo(ParkReason.STEP_GIVEN_UP);
    assertThat(parked.step()).contains("shipping");
    assertThat(parked.since()).isEqualTo(NOON.plusSeconds(9));
    NextView next = view.next().orElseThrow();
    assertThat(next.at()).isEmpty();
    assertThat(next.because()).contains("resume").contains("abort");
    assertThat(next.then()).containsExactly("notify");
    assertThat(view.links()).containsKeys("resume", "abort").doesNotContainKey("cancel");
  }

  @Test
  void shouldNotOfferResume_whenTheParticipantRefusedForGood() {
    // when
    SagaView view =
        views.of(
            parked(
                new SagaState.Running(
                    core(step("shipping", succeeded()), step("notify", rejected()))),
                ParkReason.STEP_REJECTED,
                "notify"));
    // then
    assertThat(view.links()).containsKey("abort").doesNotContainKeys("cancel", "resume");
  }

  @Test
  void shouldShowTheWayBack_whenParkedWhileCompensating() {
    // when
    SagaView view =
        views.of(
            parked(
                new SagaState.Compensating(
                    core(
                        step("payment", succeeded()),
                        step("screen", succeeded()),
                        step("inventory", succeeded(), unknown(9))),
                    CompensationCause.DEADLINE_PASSED,
                    Optional.empty(),
                    Optional.empty()),
                ParkReason.COMPENSATION_GIVEN_UP,
                "inventory"));
    // then
    assertThat(view.steps().get(2).status()).isEqualTo(StepStatus.COMPENSATION_UNKNOWN);
    assertThat(view.steps().get(4).status()).isEqualTo(StepStatus.LEFT_OUT);
    assertThat(view.compensation().orElseThrow().cause())
        .isEqualTo(CompensationCause.DEADLINE_PASSED);
    assertThat(view.next().orElseThrow().then()).containsExactly("payment");
  }

  @Test
  void shouldShowAllAsDone_whenCompleted() {
    // when
    SagaView view =
        views.of(
            new SagaState.Completed(
                core(
                    step("payment", succeeded()),
                    step("screen", succeeded()),
                    step("inventory", succeeded()),
                    step("shipping", succeeded()),
                    step("notify", succeeded())),
                NOON.plusSeconds(6)));
    // then
    assertThat(view.steps()).extracting(StepView::status).containsOnly(StepStatus.SUCCEEDED);
    assertThat(view.endedAt()).contains(NOON.plusSeconds(6));
    assertThat(view.next()).isEmpty();
    assertThat(view.links()).containsOnlyKeys("self", "journal", "definition", "diagram");
  }

  @Test
  void shouldShowWhatWasNeverDone_whenCompensated() {
    // when
    SagaView view =
        views.of(
            new SagaState.Compensated(
                core(step("payment", succeeded(), succeeded()), step("screen", rejected())),
                CompensationCause.STEP_REJECTED,
                Optional.of(new StepName("screen")),
                Optional.of(problem("FRAUD")),
                NOON.plusSeconds(7)));
    // then
    assertThat(view.steps())
        .extracting(StepView::status)
        .containsExactly(
            StepStatus.COMPENSATED,
            StepStatus.REJECTED,
            StepStatus.LEFT_OUT,
            StepStatus.LEFT_OUT,
            StepStatus.LEFT_OUT);
    assertThat(view.endedAt()).contains(NOON.plusSeconds(7));
    assertThat(view.next()).isEmpty();
  }

  @Test
  void shouldCallWhatWasUnderWayUnknown_whenAborted() {
    // when
    SagaView view =
        views.of(
            new SagaState.Aborted(
                core(step("payment", succeeded()), step("screen", awaitingReply(2))),
                "maria",
                "by hand",
                NOON.plusSeconds(8)));
    // then
    assertThat(view.steps())
        .extracting(StepView::status)
        .startsWith(StepStatus.SUCCEEDED, StepStatus.UNKNOWN, StepStatus.LEFT_OUT);
    assertThat(view.steps().get(1).timeoutAt()).isEmpty();
    assertThat(view.aborted()).contains(new AbortedView("maria", "by hand", NOON.plusSeconds(8)));
    assertThat(view.endedAt()).contains(NOON.plusSeconds(8));
  }

  @Test
  void shouldStillShowTheIssuedSteps_whenTheDefinitionIsNotDeployed() {
    // given
    SagaViews without = new SagaViews(new Definitions(List.of()));
    SagaState state =
        new SagaState.Parked(
            new SagaState.Running(
                core(step("payment", succeeded()), step("screen", awaitingReply(1)))),
            ParkReason.DEFINITION_MISSING,
            Optional.empty(),
            problem("DEFINITION_MISSING"),
            NOON.plusSeconds(9));
    // when
    SagaView view = without.of(state);
    // then
    assertThat(view.steps()).extracting(StepView::name).containsExactly("payment", "screen");
    assertThat(view.steps()).allSatisfy(step -> assertThat(step.participant()).isEmpty());
    assertThat(view.steps().get(1).status()).isEqualTo(StepStatus.UNKNOWN);
    assertThat(view.next().orElseThrow().because()).contains("'order' version 1 is not deployed");
    assertThat(view.links()).containsKey("abort").doesNotContainKeys("cancel", "resume");
  }

  @Test
  void shouldOfferCancel_whenBeforeThePointOfNoReturn() {
    // given
    SagaState.Running running = new SagaState.Running(core(step("payment", awaitingReply(1))));
    // then
    assertThat(views.of(running).links()).containsKeys("cancel", "abort");
    assertThat(views.of(parked(running, ParkReason.DEFINITION_DEFECT, "payment")).links())
        .containsKeys("cancel", "resume", "abort");
  }

  private NextView next(SagaState state) {
    return views.of(state).next().orElseThrow();
  }

  private static SagaState.Parked parked(
      SagaState.Active interrupted, ParkReason reason, String step) {
    return new SagaState.Parked(
        interrupted, reason, Optional.of(new StepName(step)), problem("X"), NOON.plusSeconds(9));
  }

  private static SagaCore withDeadline(SagaCore core, Instant deadline) {
    StepState[] steps = core.steps().toArray(new StepState[0]);
    return Orders.core(
        core.id(), core.key(), deadline.minus(Duration.ofDays(3)), core.seq(), steps);
  }

  @Test
  void shouldNameParentAndChild_whenTheyAreSteps() {
    // given
    SagaId car = SagaId.forKey("trip", "T-1");
    ParentLink link = new ParentLink(car, "T-1", new StepName("stock"), true, Phase.ACTION, 1);
    ChildSaga child = new ChildSaga("stock", 2);
    SagaCore plain = core();
    StepState step =
        new StepState(
            new StepName("inventory"),
            StepKind.COMPENSATABLE,
            succeeded(),
            Optional.empty(),
            Optional.of(child));
    SagaCore core =
        new SagaCore(
            plain.id(),
            plain.definition(),
            plain.version(),
            plain.fingerprint(),
            plain.key(),
            plain.startDigest(),
            plain.startedAt(),
            plain.deadline(),
            plain.place(),
            plain.updatedAt(),
            plain.seq(),
            plain.data(),
            List.of(step),
            List.of(),
            Optional.of(link));
    // when
    SagaView view = views.of(new SagaState.Held(core, NOON));
    // then
    assertThat(view.parent()).contains(new ParentView(car.value(), "T-1", "stock", true));
    assertThat(view.steps().get(2).sagaId())
        .contains(child.id(plain.id(), new StepName("inventory")).value());
    assertThat(view.steps().getFirst().sagaId()).isEmpty();
    assertThat(view.endedAt()).isEmpty();
    assertThat(view.next().orElseThrow().because()).contains("completes when its parent '" + car);
    assertThat(view.links())
        .containsEntry("parent", "/api/v1/sagas/" + car)
        .containsKey("abort")
        .doesNotContainKeys("cancel", "resume", "retry");
  }
}
