package io.skald.machine;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.saga.Retry;
import io.skald.saga.RetryDecision;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One decision in the making. Every change of the state goes through {@link #record}, so that the
 * journal can't say anything else than what the state says.
 */
final class Turn<D> {

  private final SagaDefinition<D> definition;
  private final UserCode<D> userCode;
  private final SagaId saga;
  private final Input input;
  private final Moment moment;
  private final long seq;
  private final List<JournalEntry> entries = new ArrayList<>(4);
  private Optional<SagaState> state;

  Turn(
      SagaDefinition<D> definition,
      PayloadCodec codec,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    this.definition = definition;
    this.userCode = new UserCode<>(definition, codec);
    this.saga = saga;
    this.state = state;
    this.input = input;
    this.moment = moment;
    this.seq = state.map(s -> s.core().seq() + 1).orElse(1L);
  }

  SagaDefinition<D> definition() {
    return definition;
  }

  UserCode<D> userCode() {
    return userCode;
  }

  Instant now() {
    return moment.now();
  }

  /** An instant to come, cut like {@link Moment#now}: the stores keep no finer ones. */
  Instant after(Duration wait) {
    return moment.after(wait);
  }

  SagaState state() {
    return state.orElseThrow();
  }

  SagaCore core() {
    return state().core();
  }

  void record(JournalEntry entry) {
    state = Optional.of(Evolution.apply(state, entry, seq, moment.now()));
    entries.add(entry);
  }

  void record(List<JournalEntry> entries) {
    entries.forEach(this::record);
  }

  Decision applied() {
    return decision(new Verdict.Applied());
  }

  /** Nothing changes, and the journal says so. */
  Decision ignored(IgnoreReason reason, String detail) {
    record(new InputIgnored(input.getClass().getSimpleName(), reason, detail));
    return decision(new Verdict.Ignored(reason));
  }

  /** Nothing changes, and it is not worth a word. */
  Decision unchanged(IgnoreReason reason) {
    return decision(new Verdict.Ignored(reason));
  }

  /** Nothing changes here; the lane lets the other saga's journal say so. */
  Decision excluded(SagaId by, String because) {
    return decision(new Verdict.Excluded(by, because));
  }

  Decision refused(String because) {
    return Decision.refused(state, because);
  }

  private Decision decision(Verdict verdict) {
    Optional<Transition> transition =
        entries.isEmpty()
            ? Optional.empty()
            : Optional.of(new Transition(saga, seq, moment.now(), input.cause(), entries));
    return new Decision(verdict, state, transition);
  }

  boolean isRunning() {
    return state() instanceof SagaState.Running;
  }

  boolean isParked() {
    return state.orElse(null) instanceof SagaState.Parked;
  }

  /** Forward: begins what is next, or completes the saga. After its deadline it turns back. */
  void advance() {
    if (new Walk<>(this).forward(definition.story(), "") && isRunning()) {
      record(FamilyRules.completed(core()));
    }
  }

  /** Whether the saga should have reached its point of no return by now, and has not. */
  boolean deadlineHasPassed() {
    return state() instanceof SagaState.Running running
        && !running.core().isPastReturn()
        && running.core().deadline().filter(deadline -> !deadline.isAfter(now())).isPresent();
  }

  /** Turns the saga back if its deadline has passed, and says whether it did. */
  boolean turnedBackAtDeadline() {
    if (!deadlineHasPassed()) {
      return false;
    }
    turnBack(
        CompensationCause.DEADLINE_PASSED,
        Optional.empty(),
        Optional.of(
            new Problem(
                "DEADLINE_PASSED",
                "The point of no return was not reached by " + core().deadline().orElseThrow())),
        Optional.empty());
    return true;
  }

  /** Turns the saga back and issues the first compensation. */
  void turnBack(
      CompensationCause cause,
      Optional<StepName> failedStep,
      Optional<Problem> problem,
      Optional<String> actor) {
    record(new SagaCompensating(cause, failedStep, problem, actor));
    retreat();
  }

  /** Backward: undoes what is next when nothing is left to settle, or ends the saga. */
  void retreat() {
    boolean settled = core().openSteps(Phase.ACTION).isEmpty();
    if (settled && new Walk<>(this).back(definition.story(), "")) {
      Optional<Problem> problem =
          state() instanceof SagaState.Compensating back ? back.problem() : Optional.empty();
      record(FamilyRules.compensated(core(), problem));
    }
  }

  /** Onward in the direction in which the saga goes. */
  void goOn() {
    switch (state()) {
      case SagaState.Running running -> advance();
      case SagaState.Compensating back -> retreat();
      case SagaState.Parked parked -> {}
      case SagaState.Queued queued -> {}
      case SagaState.Held held -> {}
      case SagaState.Terminal ended -> {}
    }
  }

  /** Issues once more what is not settled: after a wait, or when a parked saga is resumed. */
  void issueAgain(StepState step, Phase phase, Function<Attempts, Attempts> next) {
    Attempts attempts = next.apply(step.phase(phase).orElseThrow().attempts());
    switch (phase) {
      case ACTION -> issueAction(step.name(), attempts);
      case COMPENSATION -> issueCompensation(step, attempts);
    }
  }

  /**
   * What follows an attempt that failed or timed out: another one, or the end of trying. On the way
   * back an action is not tried again; it has settled as unknown.
   */
  void attemptWentWrong(
      StepState step, Phase phase, Problem problem, Function<Instant, JournalEntry> tryAgain) {
    PhaseState was = step.phase(phase).orElseThrow();
    if (phase == Phase.ACTION && !isRunning()) {
      record(new StepGivenUp(step.name(), phase, was.attempts().number(), problem));
      retreat();
      return;
    }
    RetryDecision decision =
        retryOf(step.name(), phase)
            .afterFailure(
                was.attempts().used(),
                was.attempts().elapsed(now()),
                Optional.of(problem.code()),
                moment.random());
    switch (decision) {
      case RetryDecision.RetryAfter(Duration delay) -> record(tryAgain.apply(after(delay)));
      case RetryDecision.GiveUp(String because) ->
          giveUp(
              step,
              phase,
              new Problem(problem.code(), problem.message() + "; given up because " + because));
    }
  }

  StepDefinition<D> definitionOf(StepName name) {
    return definition
        .step(name)
        .orElseThrow(() -> new Defect(name, "Expected step '" + name + "' in " + definition));
  }

  private void giveUp(StepState step, Phase phase, Problem problem) {
    int attempt = step.phase(phase).orElseThrow().attempts().number();
    record(new StepGivenUp(step.name(), phase, attempt, problem));
    if (phase == Phase.COMPENSATION) {
      park(ParkReason.COMPENSATION_GIVEN_UP, step.name(), problem);
    } else if (step.kind() == StepKind.COMPENSATABLE) {
      turnBack(
          CompensationCause.STEP_GIVEN_UP,
          Optional.of(step.name()),
          Optional.of(problem),
          Optional.empty());
    } else {
      park(ParkReason.STEP_GIVEN_UP, step.name(), problem);
    }
  }

  void park(ParkReason reason, StepName step, Problem problem) {
    record(new SagaParked(reason, Optional.of(step), problem));
  }

  private Retry retryOf(StepName name, Phase phase) {
    StepDefinition<D> step = definitionOf(name);
    return switch (phase) {
      case ACTION -> step.retry();
      case COMPENSATION -> step.compensation().orElseThrow().retry();
    };
  }

  void issueAction(StepName name, Attempts attempts) {
    StepDefinition<D> step = definitionOf(name);
    UserCode.Payload command = userCode.actionOf(step, name, core());
    issue(step, name, Phase.ACTION, attempts, command, step.timeout());
  }

  void issueCompensation(StepState state, Attempts attempts) {
    StepDefinition<D> step = definitionOf(state.name());
    Optional<String> reply =
        state.action() instanceof PhaseState.Succeeded succeeded
            ? Optional.of(succeeded.reply())
            : Optional.empty();
    UserCode.Payload command = userCode.compensationOf(step, state.name(), core(), reply);
    Duration timeout = step.compensation().orElseThrow().timeout();
    issue(step, state.name(), Phase.COMPENSATION, attempts, command, timeout);
  }

  private void issue(
      StepDefinition<D> step,
      StepName name,
      Phase phase,
      Attempts attempts,
      UserCode.Payload command,
      Duration timeout) {
    record(
        new CommandIssued(
            name,
            step.kind(),
            phase,
            attempts,
            step.participant(),
            command.type(),
            command.json(),
            after(timeout),
            step.child()));
  }
}
