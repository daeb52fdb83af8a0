package io.skald.checker;

import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the checker must know of a definition.
 *
 * @param parts in the order in which they run
 */
public record DefinitionShape(String name, int version, List<PartShape> parts) {

  public DefinitionShape {
    Objects.requireNonNull(name, "name");
    parts = List.copyOf(parts);
  }

  /** The shape of a definition. */
  public static DefinitionShape of(SagaDefinition<?> definition) {
    return new DefinitionShape(
        definition.name(),
        definition.version(),
        definition.story().parts().stream().map(PartShape::of).toList());
  }

  /** All of its parts as one. */
  PartShape story() {
    return new PartShape.InOrder(parts);
  }

  /** All steps, those inside of blocks too, in the order in which they are written. */
  public List<StepShape> steps() {
    List<StepShape> steps = new ArrayList<>();
    collect(story(), steps);
    return steps;
  }

  private static void collect(PartShape part, List<StepShape> steps) {
    if (part instanceof StepShape step) {
      steps.add(step);
    }
    part.inside().forEach(inner -> collect(inner, steps));
  }

  /** The step of this name, for whichever item; empty when there is none. */
  public Optional<StepShape> step(StepName name) {
    return steps().stream().filter(step -> step.name().equals(name.inDefinition())).findFirst();
  }
}
