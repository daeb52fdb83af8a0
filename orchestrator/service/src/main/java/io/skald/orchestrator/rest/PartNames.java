package io.skald.orchestrator.rest;

import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import java.util.Optional;

/** From the name in an address to a step or block of a definition. */
final class PartNames {

  private PartNames() {}

  /**
   * @param text {@code name} or {@code name/item}
   * @param definition without one every name is taken: only a lane can tell
   * @throws ApiProblem when the definition has nothing of that kind by that name
   */
  static StepName required(
      Optional<SagaDefinition<?>> definition, String text, Class<?> kind, String expected) {
    StepName name;
    try {
      name = StepName.parse(text);
    } catch (IllegalArgumentException noName) {
      throw unknown(expected, text);
    }
    if (definition.isPresent() && !has(definition.get(), name, kind)) {
      throw unknown(expected + " of " + definition.get(), text);
    }
    return name;
  }

  static ApiProblem unknown(String expected, String found) {
    return new ApiProblem(
        ProblemKind.UNKNOWN_PART,
        "Expected the name of " + expected + ", but found '" + found + "'");
  }

  /** Inside of a {@code forEach} there is one for each item, and none without. */
  private static boolean has(SagaDefinition<?> definition, StepName name, Class<?> kind) {
    Optional<Part<?>> part = definition.part(name);
    return part.filter(kind::isInstance).isPresent()
        && definition.forEachAround(name).isPresent() != name.item().isEmpty();
  }
}
