package io.skald.checker;

import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the checker must know of a definition.
 *
 * @param steps in the order in which they run
 */
public record DefinitionShape(String name, int version, List<StepShape> steps) {

  public DefinitionShape {
    Objects.requireNonNull(name, "name");
    steps = List.copyOf(steps);
  }

  /** The shape of a definition. */
  public static DefinitionShape of(SagaDefinition<?> definition) {
    return new DefinitionShape(
        definition.name(),
        definition.version(),
        definition.steps().stream()
            .map(
                step ->
                    new StepShape(
                        step.name(),
                        step.kind(),
                        step.participant(),
                        step.compensation().isPresent()))
            .toList());
  }

  /** The step of this name; empty when there is none. */
  public Optional<StepShape> step(StepName name) {
    return steps.stream().filter(step -> step.name().equals(name)).findFirst();
  }
}
