package io.skald.testkit;

import io.skald.machine.CompensationCause;
import io.skald.machine.Decision;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaData;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Verdict;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.testkit.Answers.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs one saga of a definition by hand: the test plays its participants and moves its clock, and
 * says what it expects. The saga is decided by the same machine as in production.
 *
 * <pre>{@code
 * SagaTest.of(definition)
 *     .start(new Order("O-1", 99))
 *     .expectCommand("payment", new ProcessPayment("O-1", 99))
 *     .succeed("payment", new PaymentProcessed("P-1"))
 *     .refuse("shipping", "NOT_THERE")
 *     .expectCommand("payment", new RefundPayment("O-1", "P-1"))
 *     .compensated("payment")
 *     .expectStatus(SagaStatus.COMPENSATED);
 * }</pre>
 *
 * <p>An expectation that is not met throws an {@link AssertionError} that tells the saga's story so
 * far. Jitter is off: every random number is one half. Not for use by several threads.
 *
 * @param <D> the saga's data
 */
public final class SagaTest<D> {

  private static final int MANY = 1_000;

  private final SagaRun<D> saga;
  private final Answers answers;
  private final Expectations expectations;
  private Verdict latestVerdict = new Verdict.Applied();

  private SagaTest(SagaRun<D> saga) {
    this.saga = saga;
    this.answers = new Answers(saga);
    this.expectations = new Expectations(saga);
  }

  public static <D> SagaTest<D> of(SagaDefinition<D> definition) {
    return of(definition, new JacksonPayloadCodec());
  }

  public static <D> SagaTest<D> of(SagaDefinition<D> definition, PayloadCodec codec) {
    return new SagaTest<>(new SagaRun<>(definition, codec, new SagaMachine(codec)));
  }

  /** Starts the saga; or, if it is running, asks for the same start again. */
  public SagaTest<D> start(D data) {
    return give("asked to start", saga.start(data));
  }

  // --- what its participants do

  /** The participant has done the step and answers the latest attempt with {@code reply}. */
  public SagaTest<D> succeed(String step, Object reply) {
    return answer(step, Phase.ACTION, Outcome.SUCCEEDED, Answer.of(reply));
  }

  /** The participant refuses the step for a business reason, for good. */
  public SagaTest<D> refuse(String step, String code) {
    return answer(step, Phase.ACTION, Outcome.REJECTED, Answer.because(code));
  }

  /** The attempt at the step fails for a reason that may pass. */
  public SagaTest<D> fail(String step, String code) {
    return answer(step, Phase.ACTION, Outcome.FAILED, Answer.because(code));
  }

  /** The first attempt's success arrives after all, when it has timed out or is given up. */
  public SagaTest<D> succeedLate(String step, Object reply) {
    return answerLate(step, Outcome.SUCCEEDED, Answer.of(reply));
  }

  /** The first attempt's refusal arrives after all, when it has timed out or is given up. */
  public SagaTest<D> refuseLate(String step, String code) {
    return answerLate(step, Outcome.REJECTED, Answer.because(code));
  }

  /** The first attempt's failure arrives after all, when it has timed out or is given up. */
  public SagaTest<D> failLate(String step, String code) {
    return answerLate(step, Outcome.FAILED, Answer.because(code));
  }

  /** The participant has undone the step. */
  public SagaTest<D> compensated(String step) {
    return answer(step, Phase.COMPENSATION, Outcome.SUCCEEDED, Answer.empty());
  }

  /** The attempt at the step's compensation fails. */
  public SagaTest<D> failToCompensate(String step, String code) {
    return answer(step, Phase.COMPENSATION, Outcome.FAILED, Answer.because(code));
  }

  /** No answer comes to the step's command, or to its compensation, until the attempt times out. */
  public SagaTest<D> staySilent(String step) {
    Phase phase = openPhase(step);
    PhaseState awaited = saga.phaseOf(step, phase).orElseThrow();
    if (!(awaited instanceof PhaseState.AwaitingReply)) {
      throw saga.failure(
          "Expected an answer from step '" + step + "' to be awaited, but it is " + awaited);
    }
    return wakeWhile(step, phase, awaited::equals, "awaited");
  }

  /** No answer comes to any attempt, until the step or its compensation is given up. */
  public SagaTest<D> staySilentForGood(String step) {
    return wakeWhile(step, openPhase(step), PhaseState::isOpen, "tried");
  }

  /** The latest reply arrives once more. */
  public SagaTest<D> repeatReply() {
    return give("the latest reply arrives again", answers.latest());
  }

  /** The latest reply of this step arrives once more. */
  public SagaTest<D> repeatReply(String step) {
    return give("the latest reply of step '" + step + "' arrives again", answers.latest(step));
  }

  // --- what time and people do

  /** Moves the clock to the time at which the saga is next due, and wakes it. */
  public SagaTest<D> wake() {
    saga.moveClockTo(
        state()
            .nextDueAt()
            .orElseThrow(
                () ->
                    saga.failure(
                        "Expected the saga to have a wake-up time, but it is " + status())));
    return give("woken", new Input.TimerFired(saga.nextCause()));
  }

  /** Moves the clock on, and wakes the saga whenever it is due on the way. */
  public SagaTest<D> advance(Duration time) {
    Instant until = now().plus(time);
    while (state().nextDueAt().filter(due -> !due.isAfter(until)).isPresent()) {
      wake();
    }
    saga.moveClockTo(until);
    return this;
  }

  public SagaTest<D> cancel(String reason) {
    return give("asked to cancel", new Input.CancelRequested(saga.nextCause(), "tester", reason));
  }

  public SagaTest<D> resume(String reason) {
    return give("asked to resume", new Input.ResumeRequested(saga.nextCause(), "tester", reason));
  }

  /**
   * A signal comes for an await; it may come before the saga waits for it.
   *
   * @param await the await's name, inside a forEach with its item: {@code approval/P-17}
   */
  public SagaTest<D> signal(String await, Object signal) {
    return give("signal '" + await + "' comes: " + signal, answers.signal(await, signal));
  }

  /** The latest signal comes once more. */
  public SagaTest<D> repeatSignal() {
    return give("the latest signal comes again", answers.latestSignal());
  }

  /** An operator has what waits for its retry tried at once. */
  public SagaTest<D> retryNow(String reason) {
    return give("asked to retry now", new Input.RetryRequested(saga.nextCause(), "tester", reason));
  }

  /** An operator takes the step for done, with this in place of its participant's reply. */
  public SagaTest<D> skip(String step, Object reply, String reason) {
    return skip(step, Phase.ACTION, saga.codec().encode(reply), reason);
  }

  /** An operator takes the step's compensation for done. */
  public SagaTest<D> skipCompensation(String step, String reason) {
    return skip(step, Phase.COMPENSATION, "null", reason);
  }

  private SagaTest<D> skip(String step, Phase phase, String reply, String reason) {
    return give(
        Story.named(step, phase) + " is to be taken for done",
        new Input.SkipRequested(
            saga.nextCause(), StepName.parse(step), phase, reply, "tester", reason));
  }

  public SagaTest<D> abort(String reason) {
    return give("asked to abort", new Input.AbortRequested(saga.nextCause(), "tester", reason));
  }

  // --- what is expected of it

  /** The latest command for this step, be it its action or its compensation, equals this one. */
  public SagaTest<D> expectCommand(String step, Command<?> expected) {
    expectations.commandEquals(step, expected);
    return this;
  }

  /** The latest command for this step is of this type and passes the check. */
  public <C extends Command<?>> SagaTest<D> expectCommand(
      String step, Class<C> type, Consumer<? super C> check) {
    expectations.command(step, type, check);
    return this;
  }

  /** The latest command for this step, which is expected to be of this type. */
  public <C extends Command<?>> C command(String step, Class<C> type) {
    return expectations.command(step, type);
  }

  /** The steps whose actions were sent are these, in this order; repeated attempts count once. */
  public SagaTest<D> expectSteps(String... steps) {
    expectations.sent("The steps that were sent", Phase.ACTION, steps);
    return this;
  }

  /** The steps whose compensations were sent are these, in this order; attempts count once. */
  public SagaTest<D> expectCompensations(String... steps) {
    expectations.sent("The compensations that were sent", Phase.COMPENSATION, steps);
    return this;
  }

  /** These steps, or their compensations, are under way, in the order of their issue. */
  public SagaTest<D> expectUnderWay(String... steps) {
    expectations.underWay(steps);
    return this;
  }

  /** The saga stands still at this await or pause. */
  public SagaTest<D> expectWaitingAt(String block) {
    expectations.waitingAt(block);
    return this;
  }

  /** The latest command for this step was its attempt of this number, from 1. */
  public SagaTest<D> expectAttempt(String step, int number) {
    expectations.attempt(step, number);
    return this;
  }

  public SagaTest<D> expectStatus(SagaStatus expected) {
    expectations.that(status(), "The saga's status").isEqualTo(expected);
    return this;
  }

  public SagaTest<D> expectData(D expected) {
    expectations.that(data(), "The saga's data").isEqualTo(expected);
    return this;
  }

  /** It turned back, and this is why. */
  public SagaTest<D> expectCause(CompensationCause expected) {
    expectations.cause(expected);
    return this;
  }

  /** It is parked, and this is why. */
  public SagaTest<D> expectParked(ParkReason expected) {
    expectations.parked(expected);
    return this;
  }

  /** What came last changed nothing, and this is why. */
  public SagaTest<D> expectIgnored(IgnoreReason expected) {
    expectations
        .that(latestVerdict, "What became of the latest input")
        .isEqualTo(new Verdict.Ignored(expected));
    return this;
  }

  public D data() {
    return SagaData.decode(saga.codec(), state().core().data(), saga.definition().dataType());
  }

  public SagaStatus status() {
    return state().status();
  }

  /** The saga's state, for what has no expectation of its own. */
  public SagaState state() {
    return saga.state();
  }

  /** The virtual clock's time. */
  public Instant now() {
    return saga.now();
  }

  /** All that happened so far, one line each. */
  public String story() {
    return saga.story().toString();
  }

  private SagaTest<D> answer(String step, Phase phase, Outcome outcome, Answer answer) {
    return give(
        Story.named(step, phase) + " is answered: " + outcome + answer,
        answers.toLatest(step, phase, outcome, answer));
  }

  private SagaTest<D> answerLate(String step, Outcome outcome, Answer answer) {
    return give(
        "the first attempt at step '" + step + "' is answered late: " + outcome + answer,
        answers.late(step, outcome, answer));
  }

  private SagaTest<D> give(String happening, Input input) {
    Decision decision = saga.decide(input);
    saga.take(happening, decision);
    if (decision.verdict() instanceof Verdict.Refused(String because)) {
      throw saga.failure(because);
    }
    latestVerdict = decision.verdict();
    return this;
  }

  private SagaTest<D> wakeWhile(
      String step, Phase phase, Predicate<PhaseState> condition, String word) {
    for (int i = 0; i < MANY; i++) {
      if (saga.phaseOf(step, phase).filter(condition).isEmpty()) {
        return this;
      }
      wake();
    }
    throw saga.failure(
        "Expected step '" + step + "' to be given up, but it is " + word + " without end");
  }

  private Phase openPhase(String step) {
    for (Phase phase : Phase.values()) {
      if (saga.phaseOf(step, phase).filter(PhaseState::isOpen).isPresent()) {
        return phase;
      }
    }
    throw saga.failure("Expected step '" + step + "' to be under way, but it is not");
  }
}
