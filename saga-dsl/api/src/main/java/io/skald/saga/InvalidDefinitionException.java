package io.skald.saga;

import java.io.Serial;
import java.util.List;

/** A definition can't run. Says all that is wrong with it at once, and how to mend each. */
public final class InvalidDefinitionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf gives a list that can be serialized
  private final List<String> faults;

  InvalidDefinitionException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence or two for each fault, naming saga, step and mend. */
  public List<String> faults() {
    return faults;
  }
}
