package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Optional;

/**
 * The machine as production has it, which must never throw, whatever it is asked (law L11): its
 * lane would ask it again and again, and stand still meanwhile.
 */
final class WatchedMachine extends SagaMachine {

  private final List<Violation> thrown;

  /**
   * @param thrown gathers what it has thrown all the same
   */
  WatchedMachine(List<Violation> thrown) {
    super(World.CODEC);
    this.thrown = thrown;
  }

  @Override
  public <D> Decision decide(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    try {
      return super.decide(definition, saga, state, input, moment);
    } catch (RuntimeException broken) {
      thrown.add(
          new Violation(
              "L11",
              "the machine decides",
              Optional.of(saga),
              "Expected " + input + " to be decided, but found " + broken,
              ""));
      throw broken;
    }
  }
}
