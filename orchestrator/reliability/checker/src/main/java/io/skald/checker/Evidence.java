package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A history, with what the rules look up in it ready at hand. */
final class Evidence {

  private final History history;
  private final Map<SagaId, SagaHistory> sagas = new HashMap<>();
  private final Map<SagaId, List<Effect>> effects;
  private final Map<SagaId, List<FenceRow>> fences;

  Evidence(History history) {
    this.history = history;
    history.sagas().forEach(saga -> sagas.put(saga.id(), saga));
    this.effects = bySaga(history.effects(), Effect::saga);
    this.fences = bySaga(history.fences(), FenceRow::saga);
  }

  History history() {
    return history;
  }

  Optional<SagaHistory> saga(SagaId id) {
    return Optional.ofNullable(sagas.get(id));
  }

  /** The definition that the saga ran by; empty when it is not known. */
  Optional<DefinitionShape> definition(SagaHistory saga) {
    return history.definitions().stream()
        .filter(
            shape ->
                saga.definition().filter(shape.name()::equals).isPresent()
                    && saga.version().filter(v -> v == shape.version()).isPresent())
        .findFirst();
  }

  List<Effect> effects(SagaId saga) {
    return effects.getOrDefault(saga, List.of());
  }

  List<FenceRow> fences(SagaId saga) {
    return fences.getOrDefault(saga, List.of());
  }

  private static <T> Map<SagaId, List<T>> bySaga(List<T> all, Function<T, SagaId> saga) {
    Map<SagaId, List<T>> bySaga = new HashMap<>();
    all.forEach(one -> bySaga.computeIfAbsent(saga.apply(one), id -> new ArrayList<>()).add(one));
    return bySaga;
  }
}
