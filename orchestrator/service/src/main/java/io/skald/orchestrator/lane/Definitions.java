package io.skald.orchestrator.lane;

import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The definitions that are deployed, every version of each. Immutable; safe on every thread. */
public final class Definitions {

  private final Map<String, TreeMap<Integer, SagaDefinition<?>>> byName = new TreeMap<>();

  private final List<String> faults;

  /**
   * @throws IllegalArgumentException when two of them have the same name and version
   */
  public Definitions(Collection<? extends SagaDefinition<?>> definitions) {
    this(definitions, List.of());
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), faults));
    }
  }

  private Definitions(
      Collection<? extends SagaDefinition<?>> definitions, Collection<String> others) {
    List<String> found = new ArrayList<>(others);
    for (SagaDefinition<?> definition : definitions) {
      SagaDefinition<?> other =
          byName
              .computeIfAbsent(definition.name(), name -> new TreeMap<>())
              .putIfAbsent(definition.version(), definition);
      if (other != null) {
        found.add(
            "Expected one definition '"
                + definition
                + "', but there are two beans of that name and version; raise the version of one");
      }
    }
    for (SagaDefinition<?> definition : definitions) {
      definition.steps().forEach(step -> childMissing(definition, step).ifPresent(found::add));
    }
    faults = List.copyOf(found);
  }

  private Optional<String> childMissing(SagaDefinition<?> parent, StepDefinition<?> step) {
    return step.child()
        .filter(child -> of(child.definition(), child.version()).isEmpty())
        .map(
            child ->
                "Expected definition '"
                    + child
                    + "' to be deployed, for step '"
                    + step.name()
                    + "' of '"
                    + parent
                    + "' runs it, but it is not; add it as a bean, in that version");
  }

  /**
   * What can be had of them, for somebody who tells their {@link #faults} together with others.
   *
   * @param others what kept further definitions from being made
   */
  public static Definitions withFaults(
      Collection<? extends SagaDefinition<?>> definitions, Collection<String> others) {
    return new Definitions(definitions, others);
  }

  /** Why they must not be run; empty when nothing is wrong. */
  public List<String> faults() {
    return faults;
  }

  /** This very version; empty when it is not deployed. */
  public Optional<SagaDefinition<?>> of(String name, int version) {
    return Optional.ofNullable(byName.get(name)).map(versions -> versions.get(version));
  }

  /** The newest version, on which new sagas start; empty when there is no such definition. */
  public Optional<SagaDefinition<?>> latest(String name) {
    return Optional.ofNullable(byName.get(name)).map(versions -> versions.lastEntry().getValue());
  }

  /** The newest version of each. */
  public List<SagaDefinition<?>> latest() {
    return byName.values().stream()
        .<SagaDefinition<?>>map(versions -> versions.lastEntry().getValue())
        .toList();
  }

  /** All versions, by name and then by version, the newest first. */
  public List<SagaDefinition<?>> all() {
    return byName.values().stream()
        .flatMap(versions -> versions.descendingMap().values().stream())
        .sorted(Comparator.comparing(SagaDefinition::name))
        .toList();
  }
}
