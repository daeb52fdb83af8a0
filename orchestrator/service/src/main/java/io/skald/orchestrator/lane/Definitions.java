package io.skald.orchestrator.lane;

import io.skald.saga.SagaDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The definitions that are deployed, every version of each. Immutable; safe on every thread. */
public final class Definitions {

  private final Map<String, TreeMap<Integer, SagaDefinition<?>>> byName = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two of them have the same name and version
   */
  public Definitions(Collection<? extends SagaDefinition<?>> definitions) {
    for (SagaDefinition<?> definition : definitions) {
      SagaDefinition<?> other =
          byName
              .computeIfAbsent(definition.name(), name -> new TreeMap<>())
              .put(definition.version(), definition);
      if (other != null) {
        throw new IllegalArgumentException(
            "Expected one definition '"
                + definition
                + "', but there are two beans of that name and version; raise the version of one");
      }
    }
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
