package io.skald.simulation;

import io.skald.machine.Decision;
import io.skald.machine.Evolution;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.Moment;
import io.skald.machine.ParentLink;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Transition;
import io.skald.machine.Verdict;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.simulation.Messages.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A machine without one of its rules. */
final class BrokenMachine extends SagaMachine {

  private final Set<Mechanism> missing;
  private final Predicate<SagaId> isCommitted;

  BrokenMachine(Set<Mechanism> missing, Predicate<SagaId> isCommitted) {
    super(World.CODEC);
    this.missing = missing;
    this.isCommitted = isCommitted;
  }

  @Override
  public <D> Decision decide(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    Decision decision = misled(definition, saga, state, input, moment);
    return missing.contains(Mechanism.IGNORED_JOURNALED)
            && decision.verdict() instanceof Verdict.Ignored
        ? new Decision(decision.verdict(), state, Optional.empty())
        : decision;
  }

  private <D> Decision misled(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    if (missing.contains(Mechanism.PUBLISH_STARTED_TIMEOUTS)
        && input instanceof Input.CommandPublished) {
      return new Decision(new Verdict.Ignored(IgnoreReason.STALE_TIMER), state, Optional.empty());
    }
    if (missing.contains(Mechanism.TURN_GIVEN) && input instanceof Input.TurnCame) {
      return new Decision(new Verdict.Ignored(IgnoreReason.NOT_QUEUED), state, Optional.empty());
    }
    if (missing.contains(Mechanism.BATCH_LOOKED_AT)
        && input instanceof Input.StartRequested start) {
      return super.decide(definition, saga, state, committedOnly(start), moment);
    }
    if (missing.contains(Mechanism.LATE_REPLY_PHASE)
        && input instanceof Input.ReplyReceived reply
        && reply.phase() == Phase.ACTION
        && reply.outcome() == Outcome.SUCCEEDED
        && state.orElse(null) instanceof SagaState.Compensating back
        && isUnknown(back.core(), reply.step())) {
      SagaState forward = new SagaState.Running(reopened(back.core(), reply.step()));
      return super.decide(definition, saga, Optional.of(forward), input, moment);
    }
    if (missing.contains(Mechanism.SIGNAL_KEPT_WHILE_PARKED)
        && input instanceof Input.SignalSent
        && state.orElse(null) instanceof SagaState.Parked parked) {
      return super.decideWithoutDefinition(parked, input, moment);
    }
    if (missing.contains(Mechanism.SKIP_KEEPS_REPLY) && input instanceof Input.SkipRequested skip) {
      return super.decide(definition, saga, state, withoutReply(skip), moment);
    }
    if (missing.contains(Mechanism.CHILD_HELD)
        && input instanceof Input.StartRequested start
        && start.parent().isPresent()) {
      return super.decide(definition, saga, state, notHeld(start), moment);
    }
    if (missing.contains(Mechanism.CHILD_TOMBSTONE)
        && input instanceof Input.UndoRequested
        && state.isEmpty()) {
      return super.decide(definition, saga, state, new Input.TimerFired(input.cause()), moment);
    }
    if (missing.contains(Mechanism.CHILD_UNDONE)
        && input instanceof Input.UndoRequested undo
        && state.orElse(null) instanceof SagaState.Running running) {
      return leftAlone(running, undo, moment);
    }
    return misread(definition, saga, state, input, moment);
  }

  private Input committedOnly(Input.StartRequested start) {
    return start.among(start.contention().filter(others -> isCommitted.test(others.first())));
  }

  private static Input.StartRequested notHeld(Input.StartRequested start) {
    ParentLink link = start.parent().orElseThrow();
    return start.of(
        new ParentLink(link.saga(), link.key(), link.step(), false, link.phase(), link.attempt()));
  }

  /** The parent is told that it is undone, and the child goes on. */
  private static Decision leftAlone(
      SagaState.Running state, Input.UndoRequested undo, Moment moment) {
    Transition transition =
        new Transition(
            state.core().id(),
            state.core().seq() + 1,
            moment.now(),
            undo.cause(),
            List.of(
                new JournalEntry.ParentAnswered(
                    undo.parent(), Outcome.SUCCEEDED, "null", Optional.empty())));
    return new Decision(
        new Verdict.Applied(),
        Optional.of(Evolution.apply(Optional.of(state), transition)),
        Optional.of(transition));
  }

  private static Input.SkipRequested withoutReply(Input.SkipRequested skip) {
    return new Input.SkipRequested(
        skip.cause(),
        skip.step(),
        skip.phase(),
        World.CODEC.encode(new Done("", 0)),
        skip.actor(),
        skip.reason());
  }

  private <D> Decision misread(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    if (!(state.orElse(null) instanceof SagaState.Active active)
        || !active.core().definition().equals(definition.name())
        || active.core().version() != definition.version()) {
      return super.decide(definition, saga, state, input, moment);
    }
    Misreading misreading = new Misreading(missing, definition);
    SagaCore seen = misreading.forward(active.core(), input);
    Decision decision = decide(definition, active, seen, input, moment);
    Optional<SagaState> next = decision.state();
    if (next.orElse(null) instanceof SagaState.Compensating back) {
      return decide(
          definition, active, misreading.back(seen, back.failedStep(), input), input, moment);
    }
    if (next.orElse(null) instanceof SagaState.Compensated back) {
      return decide(
          definition, active, misreading.back(seen, back.failedStep(), input), input, moment);
    }
    return decision;
  }

  /** Decides by what is seen; what follows happens to the saga as it is. */
  private <D> Decision decide(
      SagaDefinition<D> definition,
      SagaState.Active active,
      SagaCore seen,
      Input input,
      Moment moment) {
    SagaId saga = active.core().id();
    if (seen.equals(active.core())) {
      return super.decide(definition, saga, Optional.of(active), input, moment);
    }
    Decision decision =
        super.decide(definition, saga, Optional.of(active.with(seen)), input, moment);
    SagaState next =
        decision
            .transition()
            .map(transition -> Evolution.apply(Optional.of(active), transition))
            .orElse(active);
    return new Decision(decision.verdict(), Optional.of(next), decision.transition());
  }

  private static boolean isUnknown(SagaCore core, StepName name) {
    return core.step(name).filter(s -> s.action() instanceof PhaseState.Unknown).isPresent();
  }

  private static SagaCore reopened(SagaCore core, StepName name) {
    List<StepState> steps = new ArrayList<>(core.steps());
    steps.replaceAll(step -> step.name().equals(name) ? reopened(step) : step);
    return Misreading.with(core, steps, core.blocks());
  }

  private static StepState reopened(StepState step) {
    PhaseState was = step.action();
    return new StepState(
        step.name(),
        step.kind(),
        new PhaseState.AwaitingReply(was.attempts(), was.at(), was.at(), was.problem()),
        step.compensation(),
        step.child());
  }
}
