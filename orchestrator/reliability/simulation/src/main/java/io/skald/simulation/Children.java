package io.skald.simulation;

import io.skald.saga.SagaDefinition;
import io.skald.saga.StepKind;
import io.skald.simulation.Messages.Trip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sagas that steps of others may be; none in most runs. */
final class Children {

  private final Chance chance;
  private final List<SagaDefinition<Trip>> all = new ArrayList<>();
  private final List<SagaDefinition<Trip>> undoable = new ArrayList<>();

  Children(Chance chance) {
    this.chance = chance;
  }

  void add(SagaDefinition<Trip> definition) {
    all.add(definition);
    if (definition.steps().stream().allMatch(step -> step.kind() == StepKind.COMPENSATABLE)) {
      undoable.add(definition);
    }
  }

  List<SagaDefinition<Trip>> all() {
    return all;
  }

  /** Whether the next part before the pivot is to be a saga. */
  boolean comesBefore() {
    return !undoable.isEmpty() && chance.oneIn(4);
  }

  /** Whether the next part after the pivot is to be a saga. */
  boolean comesAfter() {
    return !all.isEmpty() && chance.oneIn(4);
  }

  SagaDefinition<Trip> undoable() {
    return chance.pick(undoable);
  }

  SagaDefinition<Trip> any() {
    return chance.pick(all);
  }

  /** Some are so short that children are asked again. */
  Duration timeout(Duration longest) {
    return chance.duration(Duration.ofSeconds(5), longest);
  }
}
