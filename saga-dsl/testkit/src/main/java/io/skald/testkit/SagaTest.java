package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.BlockState;
import io.skald.machine.CompensationCause;
import io.skald.machine.Decision;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Moment;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Transition;
import io.skald.machine.Verdict;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String KEY = "test";
  private static final double NO_JITTER = 0.5;
  private static final int MANY = 1_000;

  private final SagaDefinition<D> definition;
  private final PayloadCodec codec;
  private final SagaMachine machine;
  private final SagaId id;
  private final Story story = new Story(START);
  private final List<JournalEntry> entries = new ArrayList<>();
  private Optional<SagaState> state = Optional.empty();
  private Optional<Input.ReplyReceived> latestReply = Optional.empty();
  private Optional<Input.SignalSent> latestSignal = Optional.empty();
  private Verdict latestVerdict = new Verdict.Applied();
  private Instant now = START;
  private int inputs;

  private SagaTest(SagaDefinition<D> definition, PayloadCodec codec) {
    this.definition = definition;
    this.codec = codec;
    this.machine = new SagaMachine(codec);
    this.id = SagaId.forKey(definition.name(), KEY);
  }

  public static <D> SagaTest<D> of(SagaDefinition<D> definition) {
    return of(definition, new JacksonPayloadCodec());
  }

  public static <D> SagaTest<D> of(SagaDefinition<D> definition, PayloadCodec codec) {
    return new SagaTest<>(definition, codec);
  }

  /** Starts the saga; or, if it is running, asks for the same start again. */
  public SagaTest<D> start(D data) {
    return give("asked to start", new Input.StartRequested(cause(), id, KEY, codec.encode(data)));
  }

  // --- what its participants do

  /** The participant has done the step and answers with {@code reply}, now or late. */
  public SagaTest<D> succeed(String step, Object reply) {
    return answer(step, Phase.ACTION, Outcome.SUCCEEDED, reply, Optional.empty());
  }

  /** The participant refuses the step for a business reason, for good. */
  public SagaTest<D> refuse(String step, String code) {
    return answerWithout(step, Phase.ACTION, Outcome.REJECTED, code);
  }

  /** The attempt at the step fails for a reason that may pass. */
  public SagaTest<D> fail(String step, String code) {
    return answerWithout(step, Phase.ACTION, Outcome.FAILED, code);
  }

  /** The participant has undone the step. */
  public SagaTest<D> compensated(String step) {
    return answerWithout(step, Phase.COMPENSATION, Outcome.SUCCEEDED, "");
  }

  /** The attempt at the step's compensation fails. */
  public SagaTest<D> failToCompensate(String step, String code) {
    return answerWithout(step, Phase.COMPENSATION, Outcome.FAILED, code);
  }

  /** No answer comes to the step's command, or to its compensation, until the attempt times out. */
  public SagaTest<D> staySilent(String step) {
    PhaseState awaited = awaited(step);
    if (!(awaited instanceof PhaseState.AwaitingReply)) {
      throw failure(
          "Expected an answer from step '" + step + "' to be awaited, but it is " + awaited);
    }
    return wake();
  }

  /** No answer comes to any attempt, until the step or its compensation is given up. */
  public SagaTest<D> staySilentForGood(String step) {
    Phase phase = openPhase(step);
    for (int i = 0; i < MANY; i++) {
      if (phaseOf(step, phase).filter(PhaseState::isOpen).isEmpty()) {
        return this;
      }
      wake();
    }
    throw failure("Expected step '" + step + "' to be given up, but it is tried without end");
  }

  /** The latest reply arrives once more. */
  public SagaTest<D> repeatReply() {
    return give(
        "the latest reply arrives again",
        latestReply.orElseThrow(() -> failure("Expected a reply to repeat, but there was none")));
  }

  // --- what time and people do

  /** Moves the clock to the time at which the saga is next due, and wakes it. */
  public SagaTest<D> wake() {
    Instant due =
        state()
            .nextDueAt()
            .orElseThrow(
                () -> failure("Expected the saga to have a wake-up time, but it is " + status()));
    now = due.isAfter(now) ? due : now;
    return give("woken", new Input.TimerFired(cause()));
  }

  /** Moves the clock on, and wakes the saga whenever it is due on the way. */
  public SagaTest<D> advance(Duration time) {
    Instant until = now.plus(time);
    while (state().nextDueAt().filter(due -> !due.isAfter(until)).isPresent()) {
      wake();
    }
    now = until;
    return this;
  }

  public SagaTest<D> cancel(String reason) {
    return give("asked to cancel", new Input.CancelRequested(cause(), "tester", reason));
  }

  public SagaTest<D> resume(String reason) {
    return give("asked to resume", new Input.ResumeRequested(cause(), "tester", reason));
  }

  /**
   * A signal comes for an await; it may come before the saga waits for it.
   *
   * @param await the await's name, inside a forEach with its item: {@code approval/P-17}
   */
  public SagaTest<D> signal(String await, Object signal) {
    String id = cause();
    Input.SignalSent sent =
        new Input.SignalSent(id, id, StepName.parse(await), codec.encode(signal));
    latestSignal = Optional.of(sent);
    return give("signal '" + await + "' comes: " + signal, sent);
  }

  /** The latest signal comes once more. */
  public SagaTest<D> repeatSignal() {
    return give(
        "the latest signal comes again",
        latestSignal.orElseThrow(() -> failure("Expected a signal to repeat, but there was none")));
  }

  /** An operator has what waits for its retry tried at once. */
  public SagaTest<D> retryNow(String reason) {
    return give("asked to retry now", new Input.RetryRequested(cause(), "tester", reason));
  }

  /** An operator takes the step for done, with this in place of its participant's reply. */
  public SagaTest<D> skip(String step, Object reply, String reason) {
    return skip(step, Phase.ACTION, codec.encode(reply), reason);
  }

  /** An operator takes the step's compensation for done. */
  public SagaTest<D> skipCompensation(String step, String reason) {
    return skip(step, Phase.COMPENSATION, "null", reason);
  }

  private SagaTest<D> skip(String step, Phase phase, String reply, String reason) {
    return give(
        Story.named(step, phase) + " is to be taken for done",
        new Input.SkipRequested(cause(), StepName.parse(step), phase, reply, "tester", reason));
  }

  public SagaTest<D> abort(String reason) {
    return give("asked to abort", new Input.AbortRequested(cause(), "tester", reason));
  }

  // --- what is expected of it

  /** The latest command for this step, be it its action or its compensation, equals this one. */
  public SagaTest<D> expectCommand(String step, Command<?> expected) {
    assertThat(command(step, expected.getClass()))
        .as(() -> story.behind("The latest command for step '" + step + "'"))
        .isEqualTo(expected);
    return this;
  }

  /** The latest command for this step, which is expected to be of this type. */
  public <C> C command(String step, Class<C> type) {
    CommandIssued latest = latestCommand(step);
    MessageType expected = MessageType.of(type);
    if (!latest.command().equals(expected)) {
      throw failure(
          "Expected the latest command for step '"
              + step
              + "' to be a "
              + expected
              + ", but found a "
              + latest.command());
    }
    return codec.decode(latest.payload(), type);
  }

  /** The steps whose actions were sent are these, in this order; repeated attempts count once. */
  public SagaTest<D> expectSteps(String... steps) {
    return expectSent("The steps that were sent", Phase.ACTION, steps);
  }

  /** The steps whose compensations were sent are these, in this order; attempts count once. */
  public SagaTest<D> expectCompensations(String... steps) {
    return expectSent("The compensations that were sent", Phase.COMPENSATION, steps);
  }

  /** These steps, or their compensations, are under way, in the order of their issue. */
  public SagaTest<D> expectUnderWay(String... steps) {
    List<String> open =
        state().core().steps().stream()
            .filter(
                step ->
                    step.action().isOpen()
                        || step.compensation().filter(PhaseState::isOpen).isPresent())
            .map(step -> step.name().toString())
            .toList();
    assertThat(open).as(() -> story.behind("What is under way")).containsExactly(steps);
    return this;
  }

  /** The saga stands still at this await or pause. */
  public SagaTest<D> expectWaitingAt(String block) {
    assertThat(state().core().block(StepName.parse(block)))
        .as(() -> story.behind("Whether the saga waits at '" + block + "'"))
        .containsInstanceOf(BlockState.Waiting.class);
    return this;
  }

  /** The latest command for this step was its attempt of this number, from 1. */
  public SagaTest<D> expectAttempt(String step, int number) {
    assertThat(latestCommand(step).attempts().number())
        .as(() -> story.behind("The latest attempt at step '" + step + "'"))
        .isEqualTo(number);
    return this;
  }

  public SagaTest<D> expectStatus(SagaStatus expected) {
    assertThat(status()).as(() -> story.behind("The saga's status")).isEqualTo(expected);
    return this;
  }

  public SagaTest<D> expectData(D expected) {
    assertThat(data()).as(() -> story.behind("The saga's data")).isEqualTo(expected);
    return this;
  }

  /** It turned back, and this is why. */
  public SagaTest<D> expectCause(CompensationCause expected) {
    List<CompensationCause> causes =
        entries.stream()
            .filter(JournalEntry.SagaCompensating.class::isInstance)
            .map(entry -> ((JournalEntry.SagaCompensating) entry).cause())
            .toList();
    assertThat(causes).as(() -> story.behind("Why the saga turned back")).containsExactly(expected);
    return this;
  }

  /** It is parked, and this is why. */
  public SagaTest<D> expectParked(ParkReason expected) {
    if (!(state() instanceof SagaState.Parked parked)) {
      throw failure("Expected the saga to be PARKED, but it is " + status());
    }
    assertThat(parked.reason())
        .as(() -> story.behind("Why the saga is parked"))
        .isEqualTo(expected);
    return this;
  }

  /** What came last changed nothing, and this is why. */
  public SagaTest<D> expectIgnored(IgnoreReason expected) {
    assertThat(latestVerdict)
        .as(() -> story.behind("What became of the latest input"))
        .isEqualTo(new Verdict.Ignored(expected));
    return this;
  }

  public D data() {
    return codec.decode(state().core().data(), definition.dataType());
  }

  public SagaStatus status() {
    return state().status();
  }

  /** The saga's state, for what has no expectation of its own. */
  public SagaState state() {
    return state.orElseThrow(() -> failure("Expected the saga to be started, but it is not"));
  }

  /** The virtual clock's time. */
  public Instant now() {
    return now;
  }

  /** All that happened so far, one line each. */
  public String story() {
    return story.toString();
  }

  private SagaTest<D> answerWithout(String step, Phase phase, Outcome outcome, String code) {
    Optional<Problem> problem =
        outcome == Outcome.SUCCEEDED
            ? Optional.empty()
            : Optional.of(new Problem(code, "said by the test"));
    return answer(step, phase, outcome, new Answer(), problem);
  }

  /** Stands for an event whose payload nobody reads. */
  private record Answer() {}

  private SagaTest<D> answer(
      String step, Phase phase, Outcome outcome, Object reply, Optional<Problem> problem) {
    StepName name = StepName.parse(step);
    PhaseState issued =
        phaseOf(step, phase)
            .orElseThrow(
                () ->
                    failure(
                        "Expected a command for "
                            + Story.named(step, phase)
                            + " to answer, but none was sent"));
    Input.ReplyReceived answer =
        new Input.ReplyReceived(
            cause(),
            definition.step(name).orElseThrow().participant(),
            name,
            phase,
            issued.attempts().number(),
            outcome,
            MessageType.of(reply.getClass()),
            reply instanceof Answer ? "{}" : codec.encode(reply),
            problem);
    latestReply = Optional.of(answer);
    return give(
        Story.named(step, phase)
            + " is answered: "
            + outcome
            + problem.map(p -> " " + p.code()).orElse("")
            + (reply instanceof Answer ? "" : " " + reply),
        answer);
  }

  private SagaTest<D> give(String happening, Input input) {
    Decision decision = machine.decide(definition, id, state, input, new Moment(now, NO_JITTER));
    story.tell(now, happening, decision);
    if (decision.verdict() instanceof Verdict.Refused(String because)) {
      throw failure(because);
    }
    latestVerdict = decision.verdict();
    state = decision.state();
    decision.transition().map(Transition::entries).ifPresent(entries::addAll);
    return this;
  }

  private SagaTest<D> expectSent(String what, Phase phase, String... steps) {
    List<String> sent =
        commands().stream()
            .filter(command -> command.phase() == phase)
            .map(command -> command.step().toString())
            .distinct()
            .toList();
    assertThat(sent).as(() -> story.behind(what)).containsExactly(steps);
    return this;
  }

  private CommandIssued latestCommand(String step) {
    return commands().reversed().stream()
        .filter(command -> command.step().toString().equals(step))
        .findFirst()
        .orElseThrow(
            () -> failure("Expected a command for step '" + step + "', but none was sent"));
  }

  private List<CommandIssued> commands() {
    return entries.stream()
        .filter(CommandIssued.class::isInstance)
        .map(CommandIssued.class::cast)
        .toList();
  }

  private Optional<PhaseState> phaseOf(String step, Phase phase) {
    return state().core().step(StepName.parse(step)).flatMap(s -> s.phase(phase));
  }

  private PhaseState awaited(String step) {
    return phaseOf(step, openPhase(step)).orElseThrow();
  }

  private Phase openPhase(String step) {
    for (Phase phase : Phase.values()) {
      if (phaseOf(step, phase).filter(PhaseState::isOpen).isPresent()) {
        return phase;
      }
    }
    throw failure("Expected step '" + step + "' to be under way, but it is not");
  }

  private String cause() {
    return "test-" + ++inputs;
  }

  private AssertionError failure(String found) {
    return new AssertionError(story.behind(found));
  }
}
