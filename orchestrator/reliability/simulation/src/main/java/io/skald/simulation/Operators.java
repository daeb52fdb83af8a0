package io.skald.simulation;

import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.orchestrator.lane.Journal.StoredSaga;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import io.skald.simulation.Messages.Done;
import io.skald.simulation.Messages.Trip;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Those who meddle with sagas, and let go on what has parked. */
final class Operators {

  /** How the receipts begin that they give in place of a participant. */
  static final String BY_HAND = "by hand ";

  private final World world;
  private final Chance chance;
  private int skips;

  Operators(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** Asks this of some saga, wherever it stands. */
  void meddle(String request) {
    pick(state -> true).forEach(core -> ask(request, core.id(), core.key()));
  }

  void meddle(String request, SagaId saga) {
    world.store().journal().saga(saga).ifPresent(state -> ask(request, saga, state.core().key()));
  }

  private void ask(String request, SagaId saga, String key) {
    Map<String, String> headers = world.requests().headers(request, key, saga);
    headers.put("skald_actor", "anna");
    headers.put("skald_reason", "because");
    world.requests().send(key, headers, Map.of());
  }

  /** What waits for a retry somewhere is to be tried now. */
  void hurry() {
    pick(Operators::waitsForRetry).forEach(core -> ask("RetrySaga", core.id(), core.key()));
  }

  private static boolean waitsForRetry(SagaState state) {
    return state instanceof SagaState.Active active
        && active.core().steps().stream()
            .flatMap(step -> step.phase(active.phase()).stream())
            .anyMatch(PhaseState.AwaitingRetry.class::isInstance);
  }

  /** Takes some step for done that is under way, or where a saga has parked. */
  void skip() {
    pick(state -> !unsettled(state).isEmpty())
        .forEach(
            core -> {
              SagaState state = world.store().journal().saga(core.id()).orElseThrow();
              skip(state, chance.pick(unsettled(state)));
            });
  }

  private void skip(SagaState state, StepName step) {
    SagaCore core = state.core();
    Map<String, String> headers = world.requests().headers("SkipStep", core.key(), core.id());
    headers.put(WireHeaders.PHASE, phase(state).wireName());
    Requests.putStep(headers, step);
    boolean isChild = core.step(step).flatMap(StepState::child).isPresent();
    Object reply =
        isChild ? new Trip(BY_HAND + ++skips, 0, List.of()) : new Done(BY_HAND + ++skips, 0);
    world.requests().send(core.key(), headers, reply);
  }

  private static List<StepName> unsettled(SagaState state) {
    return state.core().steps().stream()
        .filter(step -> isUnsettled(step, phase(state)))
        .map(StepState::name)
        .toList();
  }

  private static boolean isUnsettled(StepState step, Phase phase) {
    return step.phase(phase).filter(state -> !(state instanceof PhaseState.Succeeded)).isPresent();
  }

  private static Phase phase(SagaState state) {
    return switch (state) {
      case SagaState.Active active -> active.phase();
      case SagaState.Parked parked -> parked.interrupted().phase();
      case SagaState.Queued queued -> Phase.ACTION;
      case SagaState.Held held -> Phase.COMPENSATION;
      case SagaState.Terminal ended -> Phase.COMPENSATION;
    };
  }

  /** One of the sagas that are so; none when there is none. */
  private Stream<SagaCore> pick(Predicate<SagaState> candidate) {
    List<SagaState> candidates = states().filter(candidate).toList();
    return candidates.isEmpty() ? Stream.of() : Stream.of(chance.pick(candidates).core());
  }

  /** Lets go on what is parked; sometimes only after what it waited for in vain has come. */
  void resumeParked(int times) {
    states()
        .filter(SagaState.Parked.class::isInstance)
        .map(SagaState.Parked.class::cast)
        .forEach(parked -> resume(parked, times));
  }

  private void resume(SagaState.Parked parked, int times) {
    SagaCore core = parked.core();
    if (hasLostItsChild(parked)) {
      skip(parked, parked.step().orElseThrow());
      return;
    }
    if (parked.reason() == ParkReason.NO_SIGNAL && chance.oneIn(2)) {
      world.approvers().approve(core.id(), core.key(), parked.step().orElseThrow());
    }
    for (int i = 0; i < times; i++) {
      ask("ResumeSaga", core.id(), core.key());
    }
  }

  /**
   * It stands at a step whose child has ended otherwise, and asking again would not help. Where a
   * defect kept it from asking at all there is nothing to skip yet.
   */
  private boolean hasLostItsChild(SagaState.Parked parked) {
    if (parked.reason() == ParkReason.DEFINITION_DEFECT) {
      return false;
    }
    SagaCore core = parked.core();
    return parked
        .step()
        .flatMap(core::step)
        .filter(step -> step.child().isPresent())
        .flatMap(
            step ->
                world.store().journal().saga(step.child().orElseThrow().id(core.id(), step.name())))
        .filter(
            child ->
                child instanceof SagaState.Aborted || parked.reason() == ParkReason.STEP_REJECTED)
        .isPresent();
  }

  /** Of all sagas, in an order that does not depend on the run. */
  private Stream<SagaState> states() {
    return world.store().journal().sagas().stream()
        .map(StoredSaga::state)
        .sorted(Comparator.comparing(state -> state.core().id().value()));
  }
}
