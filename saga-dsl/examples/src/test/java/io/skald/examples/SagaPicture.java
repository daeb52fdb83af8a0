package io.skald.examples;

import io.skald.machine.BlockState;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.SagaDefinition;
import io.skald.saga.Standing;
import io.skald.saga.message.StepName;
import io.skald.testkit.SagaTest;
import java.util.Optional;

/** A saga's chart with how far it has come, for definitions without items. */
final class SagaPicture {

  private SagaPicture() {}

  static String of(SagaDefinition<?> definition, SagaTest<?> saga) {
    return definition.toMermaid(
        name ->
            definition.step(name).isPresent()
                ? Optional.of(step(saga.state(), name))
                : saga.state().core().block(name).map(SagaPicture::block));
  }

  private static Standing step(SagaState state, StepName name) {
    Optional<StepState> issued = state.core().step(name);
    if (issued.isEmpty()) {
      return isOnItsWayBack(state) ? Standing.LEFT_OUT : Standing.TO_COME;
    }
    boolean parkedHere =
        state instanceof SagaState.Parked parked && parked.step().equals(Optional.of(name));
    PhaseState latest = issued.get().compensation().orElse(issued.get().action());
    boolean undone = issued.get().compensation().isPresent();
    return switch (latest) {
      case PhaseState.Succeeded settled -> undone ? Standing.COMPENSATED : Standing.DONE;
      case PhaseState open when parkedHere -> Standing.PARKED;
      case PhaseState.Rejected settled -> Standing.FAILED;
      case PhaseState.Unknown settled -> Standing.FAILED;
      case PhaseState open -> undone ? Standing.COMPENSATING : Standing.UNDER_WAY;
    };
  }

  private static Standing block(BlockState block) {
    return block instanceof BlockState.Waiting ? Standing.UNDER_WAY : Standing.DONE;
  }

  private static boolean isOnItsWayBack(SagaState state) {
    SagaState moving = state instanceof SagaState.Parked parked ? parked.interrupted() : state;
    return !(moving instanceof SagaState.Running);
  }
}
