package io.skald.testkit;

import io.skald.machine.Contention;
import io.skald.machine.Decision;
import io.skald.machine.Evolution;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Moment;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaData;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Transition;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One saga on a clock of its own: its journal, the state that follows from it, and its story. */
final class SagaRun<D> {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String KEY = "test";
  private static final double NO_JITTER = 0.5;

  private final SagaDefinition<D> definition;
  private final PayloadCodec codec;
  private final SagaMachine machine;
  private final SagaId id;
  private final Story story = new Story(START);
  private final List<Transition> journal = new ArrayList<>();
  private Optional<SagaState> state = Optional.empty();
  private Instant now = START;
  private int inputs;

  SagaRun(SagaDefinition<D> definition, PayloadCodec codec, SagaMachine machine) {
    this.definition = definition;
    this.codec = codec;
    this.machine = machine;
    this.id = SagaId.forKey(definition.name(), KEY);
  }

  /** What would follow; nothing has changed yet. */
  Decision decide(Input input) {
    return machine.decide(definition, id, state, input, new Moment(now, NO_JITTER));
  }

  /** It is committed. */
  void take(String happening, Decision decision) {
    story.tell(now, happening, decision);
    decision.transition().ifPresent(journal::add);
    state = decision.state();
  }

  /** All that was in memory is lost: the state is made anew from the journal. */
  void rebuild() {
    state = Optional.empty();
    journal.forEach(transition -> state = Optional.of(Evolution.apply(state, transition)));
  }

  Input start(D data) {
    return startRequested(data);
  }

  /** Another saga of its key is under way, and nobody waits behind it yet. */
  Input startBehindAnother(D data) {
    SagaId other = SagaId.forStart(definition.name(), KEY, "another");
    return startRequested(data).among(Optional.of(new Contention(other, other, 1, 0)));
  }

  private Input.StartRequested startRequested(D data) {
    return new Input.StartRequested(nextCause(), id, KEY, SagaData.encode(codec, data));
  }

  /** The clock never goes back. */
  void moveClockTo(Instant instant) {
    now = instant.isAfter(now) ? instant : now;
  }

  Instant now() {
    return now;
  }

  SagaDefinition<D> definition() {
    return definition;
  }

  PayloadCodec codec() {
    return codec;
  }

  Optional<SagaState> stateIfAny() {
    return state;
  }

  SagaState state() {
    return state.orElseThrow(() -> failure("Expected the saga to be started, but it is not"));
  }

  /** The definition of a step; all items of a step have the same. */
  StepDefinition<D> definitionOf(StepName step) {
    return definition.step(new StepName(step.value())).orElseThrow();
  }

  /** How far a step has come, by its name as a test writes it. */
  Optional<StepState> step(String name) {
    return state().core().steps().stream()
        .filter(step -> step.name().toString().equals(name))
        .findFirst();
  }

  Optional<PhaseState> phaseOf(String step, Phase phase) {
    return step(step).flatMap(s -> s.phase(phase));
  }

  List<Transition> journal() {
    return journal;
  }

  <E extends JournalEntry> List<E> entries(Class<E> type) {
    return journal.stream()
        .flatMap(transition -> transition.entries().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  List<CommandIssued> commands() {
    return entries(CommandIssued.class);
  }

  CommandIssued latestCommand(String step) {
    return commands().reversed().stream()
        .filter(command -> command.step().toString().equals(step))
        .findFirst()
        .orElseThrow(
            () -> failure("Expected a command for step '" + step + "', but none was sent"));
  }

  String nextCause() {
    return "test-" + ++inputs;
  }

  Story story() {
    return story;
  }

  AssertionError failure(String found) {
    return new AssertionError(story.behind(found));
  }
}
