package io.skald.machine;

import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.machine.Trips.Undone;
import io.skald.saga.ChildSaga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A saga and those that are steps of it, on one clock. What they say to each other is delivered at
 * once, unless a test holds it back; their participants are played by the test.
 */
final class Family {

  static final String KEY = "T-1";

  private final SagaMachine machine = new SagaMachine(Rehearsal.CODEC);
  private final Map<String, SagaDefinition<?>> definitions = new HashMap<>();
  private final Map<SagaId, SagaState> states = new HashMap<>();
  private final Map<SagaId, StepInvariants> invariants = new HashMap<>();
  private final Map<SagaId, List<JournalEntry>> journals = new HashMap<>();
  private final Deque<Letter> post = new ArrayDeque<>();
  private final List<Letter> sent = new ArrayList<>();
  private final SagaId parent;
  private Instant now = Rehearsal.START;
  private boolean isHeldBack;
  private int inputs;

  /** A message from one saga to another. */
  record Letter(SagaId to, String definition, Input input) {}

  Family(SagaDefinition<Trip> parent, SagaDefinition<?>... children) {
    definitions.put(parent.name(), parent);
    for (SagaDefinition<?> child : children) {
      definitions.put(child.name(), child);
    }
    this.parent = SagaId.forKey(parent.name(), KEY);
    give(
        this.parent,
        parent.name(),
        new Input.StartRequested(
            cause(), this.parent, KEY, Rehearsal.CODEC.encode(Trip.named(KEY))));
  }

  SagaId parent() {
    return parent;
  }

  /** The saga that is this step of the parent. */
  SagaId child(String step) {
    return child(parent, step);
  }

  SagaId child(SagaId of, String step) {
    StepName name = StepName.parse(step);
    return state(of).core().step(name).orElseThrow().child().orElseThrow().id(of, name);
  }

  boolean exists(SagaId saga) {
    return states.containsKey(saga);
  }

  SagaState state(SagaId saga) {
    return Objects.requireNonNull(states.get(saga), "no such saga");
  }

  SagaStatus status(SagaId saga) {
    return state(saga).status();
  }

  <E extends JournalEntry> List<E> entries(SagaId saga, Class<E> type) {
    return journals.getOrDefault(saga, List.of()).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** What was sent for steps, in order: {@code hotel}, or {@code -hotel} for its compensation. */
  List<String> commands(SagaId saga) {
    return entries(saga, CommandIssued.class).stream().map(Rehearsal::shortly).toList();
  }

  /** From now on nothing between the sagas arrives. */
  void holdBack() {
    isHeldBack = true;
  }

  /** What was held back arrives, and what comes from now on. */
  void deliver() {
    isHeldBack = false;
    while (!post.isEmpty()) {
      Letter letter = post.removeFirst();
      give(letter.to(), letter.definition(), letter.input());
    }
  }

  /** All that was ever said between the sagas comes again. */
  void deliverAllAgain() {
    post.addAll(List.copyOf(sent));
    deliver();
  }

  /** What is held back is lost. */
  void lose() {
    post.clear();
  }

  /** The definition is no longer deployed. */
  SagaDefinition<?> undeploy(String definition) {
    return definitions.remove(definition);
  }

  void deploy(SagaDefinition<?> definition) {
    definitions.put(definition.name(), definition);
  }

  void answer(SagaId saga, String step, Phase phase, Outcome outcome) {
    StepName name = StepName.parse(step);
    StepState issued = state(saga).core().step(name).orElseThrow();
    Object reply = phase == Phase.ACTION ? new Done("receipt of " + step) : new Undone();
    give(
        saga,
        definitionOf(saga),
        new Input.ReplyReceived(
            cause(),
            Objects.requireNonNull(definitions.get(definitionOf(saga)))
                .step(name)
                .orElseThrow()
                .participant(),
            name,
            phase,
            issued.phase(phase).orElseThrow().attempts().number(),
            outcome,
            MessageType.of(reply.getClass()),
            Rehearsal.CODEC.encode(reply),
            outcome == Outcome.SUCCEEDED
                ? Optional.empty()
                : Optional.of(new Problem(outcome.name(), "says " + step))));
  }

  void succeed(SagaId saga, String step) {
    answer(saga, step, Phase.ACTION, Outcome.SUCCEEDED);
  }

  void reject(SagaId saga, String step) {
    answer(saga, step, Phase.ACTION, Outcome.REJECTED);
  }

  void undo(SagaId saga, String step) {
    answer(saga, step, Phase.COMPENSATION, Outcome.SUCCEEDED);
  }

  Decision cancel(SagaId saga) {
    return give(saga, new Input.CancelRequested(cause(), "ann", "changed her mind"));
  }

  Decision resume(SagaId saga) {
    return give(saga, new Input.ResumeRequested(cause(), "bob", "mended"));
  }

  Decision abort(SagaId saga) {
    return give(saga, new Input.AbortRequested(cause(), "bob", "beyond mending"));
  }

  /** The clock goes to the saga's wake-up time, and it is woken. */
  Decision wake(SagaId saga) {
    Instant due = state(saga).nextDueAt().orElseThrow();
    now = due.isAfter(now) ? due : now;
    return give(saga, new Input.TimerFired(cause()));
  }

  Decision give(SagaId saga, Input input) {
    return give(saga, definitionOf(saga), input);
  }

  private String definitionOf(SagaId saga) {
    return state(saga).core().definition();
  }

  String cause() {
    return "m" + ++inputs;
  }

  private Decision give(SagaId saga, String name, Input input) {
    Optional<SagaState> before = Optional.ofNullable(states.get(saga));
    Moment moment = new Moment(now, 0.5);
    Decision decision = decided(name, saga, before, input, moment);
    invariants
        .computeIfAbsent(saga, id -> new StepInvariants())
        .check(saga, before, input, moment, decision, decided(name, saga, before, input, moment));
    decision.state().ifPresent(state -> states.put(saga, state));
    decision
        .transition()
        .ifPresent(
            transition -> {
              journals.computeIfAbsent(saga, id -> new ArrayList<>()).addAll(transition.entries());
              transition.entries().forEach(entry -> send(state(saga).core(), entry));
            });
    if (!isHeldBack) {
      deliver();
    }
    return decision;
  }

  private Decision decided(
      String name, SagaId saga, Optional<SagaState> state, Input input, Moment moment) {
    SagaDefinition<?> definition = definitions.get(name);
    return definition == null
        ? machine.decideWithoutDefinition(state.orElseThrow(), input, moment)
        : machine.decide(definition, saga, state, input, moment);
  }

  /** As the wire would carry it. */
  private void send(SagaCore from, JournalEntry entry) {
    switch (entry) {
      case CommandIssued command when command.child().isPresent() -> send(from, command);
      case ChildReleased released ->
          post(
              released.child().id(from.id(), released.step()),
              released.child().definition(),
              new Input.ReleaseRequested(cause()));
      case ParentAnswered answer when exists(answer.to().saga()) ->
          post(
              answer.to().saga(),
              definitionOf(answer.to().saga()),
              new Input.ReplyReceived(
                  cause(),
                  Participant.SAGAS,
                  answer.to().step(),
                  answer.to().phase(),
                  answer.to().attempt(),
                  answer.outcome(),
                  ParentLink.ANSWER,
                  answer.data(),
                  answer.problem()));
      default -> {}
    }
  }

  private void send(SagaCore from, CommandIssued command) {
    ChildSaga child = command.child().orElseThrow();
    SagaId id = child.id(from.id(), command.step());
    String key = ChildSaga.key(from.key(), command.step());
    ParentLink link =
        new ParentLink(
            from.id(),
            from.key(),
            command.step(),
            command.kind() == StepKind.COMPENSATABLE,
            command.phase(),
            command.attempts().number());
    post(
        id,
        child.definition(),
        command.phase() == Phase.ACTION
            ? new Input.StartRequested(cause(), id, key, command.payload()).of(link)
            : new Input.UndoRequested(cause(), id, key, command.payload(), link));
  }

  private void post(SagaId to, String definition, Input input) {
    Letter letter = new Letter(to, definition, input);
    post.add(letter);
    sent.add(letter);
  }
}
