package io.skald.orchestrator.versions;

import java.util.Set;

/**
 * One thing in which two structures of a definition differ.
 *
 * @param steps the names of the steps that it concerns; empty when it concerns all of them
 * @param sentence what it is, for people
 */
public record Difference(Set<String> steps, String sentence) {

  public Difference {
    steps = Set.copyOf(steps);
  }

  @Override
  public String toString() {
    return sentence;
  }
}
