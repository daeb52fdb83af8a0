package io.skald.orchestrator.versions;

import java.util.Optional;
import java.util.Set;

/**
 * Where in a definition something stands.
 *
 * @param block the steps around the innermost one, as words; empty when there are none
 * @param step the innermost step; empty outside of all steps
 * @param path the way from there: members, and numbers of elements from 1
 */
record Place(String block, Optional<String> step, String path) {

  static final Place WHOLE = new Place("", Optional.empty(), "");

  Place member(String name) {
    return new Place(block, step, path.isEmpty() ? name : path + "." + name);
  }

  Place element(int number) {
    return new Place(block, step, path + "[" + number + "]");
  }

  /** A step of the list that is here. */
  Place step(String name) {
    String around = step.map(outer -> " in '" + outer + "'" + block).orElse(block);
    return new Place(around, Optional.of(name), "");
  }

  Set<String> steps() {
    return step.map(Set::of).orElse(Set.of());
  }

  @Override
  public String toString() {
    String inner = step.map(name -> "step '" + name + "'" + block).orElse("");
    return path.isEmpty() || inner.isEmpty() ? inner + path : inner + ": " + path;
  }
}
