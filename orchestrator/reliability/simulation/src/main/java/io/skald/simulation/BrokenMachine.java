package io.skald.simulation;

import io.skald.machine.Decision;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.Moment;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Verdict;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A machine without one of its rules. */
final class BrokenMachine extends SagaMachine {

  private final Set<Mechanism> missing;

  BrokenMachine(Set<Mechanism> missing) {
    super(World.CODEC);
    this.missing = missing;
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
    if (missing.contains(Mechanism.LATE_REPLY_PHASE)
        && input instanceof Input.ReplyReceived reply
        && reply.phase() == Phase.ACTION
        && reply.outcome() == Outcome.SUCCEEDED
        && state.orElse(null) instanceof SagaState.Compensating back
        && isUnknown(back.core(), reply.step())) {
      SagaState forward = new SagaState.Running(reopened(back.core(), reply.step()));
      return super.decide(definition, saga, Optional.of(forward), input, moment);
    }
    return super.decide(definition, saga, state, input, moment);
  }

  private static boolean isUnknown(SagaCore core, StepName name) {
    return core.step(name).filter(s -> s.action() instanceof PhaseState.Unknown).isPresent();
  }

  private static SagaCore reopened(SagaCore core, StepName name) {
    List<StepState> steps = new ArrayList<>(core.steps());
    steps.replaceAll(step -> step.name().equals(name) ? reopened(step) : step);
    return new SagaCore(
        core.id(),
        core.definition(),
        core.version(),
        core.fingerprint(),
        core.key(),
        core.startDigest(),
        core.startedAt(),
        core.deadline(),
        core.updatedAt(),
        core.seq(),
        core.data(),
        steps,
        core.blocks());
  }

  private static StepState reopened(StepState step) {
    PhaseState was = step.action();
    return new StepState(
        step.name(),
        step.kind(),
        new PhaseState.AwaitingReply(was.attempts(), was.at(), was.at(), was.problem()),
        step.compensation());
  }
}
