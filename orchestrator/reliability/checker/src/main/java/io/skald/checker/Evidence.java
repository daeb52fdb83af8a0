package io.skald.checker;

import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A history, with what the rules look up in it ready at hand. Used by one thread. */
final class Evidence {

  private final History history;
  private final Map<SagaId, SagaHistory> sagas = new HashMap<>();
  private final Map<SagaId, List<JournaledStep>> steps = new HashMap<>();
  private final Map<SagaId, List<Effect>> effects;
  private final Map<SagaId, List<Tally>> tallies = new HashMap<>();
  private final Map<SagaId, List<FenceRow>> fences;
  private final Map<SagaId, List<SentCommand>> commands;

  Evidence(History history) {
    this.history = history;
    history.sagas().forEach(saga -> sagas.put(saga.id(), saga));
    this.effects = bySaga(history.effects(), Effect::saga);
    this.fences = bySaga(history.fences(), FenceRow::saga);
    this.commands = bySaga(history.commands(), SentCommand::saga);
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

  /** What the journal says of the saga's steps, in the order in which they were issued. */
  List<JournaledStep> steps(SagaHistory saga) {
    return steps.computeIfAbsent(saga.id(), id -> JournaledStep.of(saga));
  }

  /** Whether the participant's effects are part of the history; a child's are its own steps'. */
  boolean sees(Participant participant) {
    return !participant.equals(Participant.SAGAS) && !history.unseen().contains(participant);
  }

  Set<SagaId> sagasWithEffects() {
    return effects.keySet();
  }

  List<Effect> effects(SagaId saga) {
    return effects.getOrDefault(saga, List.of());
  }

  /** How often each item of each step was done and undone. */
  List<Tally> tallies(SagaId saga) {
    return tallies.computeIfAbsent(saga, id -> Tally.of(effects(id)));
  }

  /** How often each item of one step was done and undone. */
  List<Tally> tallies(SagaId saga, Participant participant, StepName step) {
    return tallies(saga).stream()
        .filter(
            tally ->
                tally.place().participant().equals(participant)
                    && tally.place().step().equals(step))
        .toList();
  }

  List<FenceRow> fences(SagaId saga) {
    return fences.getOrDefault(saga, List.of());
  }

  List<SentCommand> commands(SagaId saga) {
    return commands.getOrDefault(saga, List.of());
  }

  private static <T> Map<SagaId, List<T>> bySaga(List<T> all, Function<T, SagaId> saga) {
    Map<SagaId, List<T>> bySaga = new LinkedHashMap<>();
    all.forEach(one -> bySaga.computeIfAbsent(saga.apply(one), id -> new ArrayList<>()).add(one));
    return bySaga;
  }
}
