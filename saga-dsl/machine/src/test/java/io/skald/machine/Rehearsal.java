package io.skald.machine;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.machine.Trips.Undone;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Runs one saga by hand, on a clock of its own, and holds every decision against {@link
 * StepInvariants}.
 */
final class Rehearsal {

  static final PayloadCodec CODEC = new TestCodec();
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final SagaId SAGA = SagaId.forKey("trip", "T-1");

  private final SagaMachine machine = new SagaMachine(CODEC);
  private final StepInvariants invariants;
  private final DoubleSupplier chance;
  private final List<Transition> journal = new ArrayList<>();
  private final List<Object> story = new ArrayList<>();
  private SagaDefinition<Trip> definition;
  private Instant now = START;
  private Optional<SagaState> state = Optional.empty();
  private int inputs;

  Rehearsal(SagaDefinition<Trip> definition) {
    this(definition, new StepInvariants(), () -> 0.5);
  }

  Rehearsal(SagaDefinition<Trip> definition, StepInvariants invariants, DoubleSupplier chance) {
    this.definition = definition;
    this.invariants = invariants;
    this.chance = chance;
  }

  static Rehearsal started(SagaDefinition<Trip> definition) {
    Rehearsal rehearsal = new Rehearsal(definition);
    rehearsal.start(Trip.named("T-1"));
    return rehearsal;
  }

  // --- what happens to it

  Decision give(Input input) {
    Moment moment = new Moment(now, chance.getAsDouble());
    Decision decision = machine.decide(definition, SAGA, state, input, moment);
    Decision again = machine.decide(definition, SAGA, state, input, moment);
    return taken(input, moment, decision, again);
  }

  Decision giveWithoutDefinition(Input input) {
    Moment moment = new Moment(now, chance.getAsDouble());
    Decision decision = machine.decideWithoutDefinition(state(), input, moment);
    Decision again = machine.decideWithoutDefinition(state(), input, moment);
    return taken(input, moment, decision, again);
  }

  Decision start(Trip trip) {
    return give(new Input.StartRequested(cause(), SAGA, "T-1", CODEC.encode(trip)));
  }

  /** Started while others of its key are there. */
  Decision startAmong(Contention others, Trip trip) {
    return give(
        new Input.StartRequested(cause(), SAGA, "T-1", CODEC.encode(trip))
            .among(Optional.of(others)));
  }

  Decision turnCame() {
    return give(new Input.TurnCame(cause()));
  }

  /** Another start with its key was refused because of it. */
  Decision excluded() {
    return give(new Input.StartExcluded(cause(), SagaId.forKey("trip", "T-2"), "it is there"));
  }

  /** The participant does what it was asked last. */
  Decision succeed(String step) {
    return reply(step, Phase.ACTION, lastAttempt(step, Phase.ACTION), Outcome.SUCCEEDED);
  }

  Decision reject(String step) {
    return reply(step, Phase.ACTION, lastAttempt(step, Phase.ACTION), Outcome.REJECTED);
  }

  Decision fail(String step) {
    return reply(step, Phase.ACTION, lastAttempt(step, Phase.ACTION), Outcome.FAILED);
  }

  Decision undo(String step) {
    return reply(
        step, Phase.COMPENSATION, lastAttempt(step, Phase.COMPENSATION), Outcome.SUCCEEDED);
  }

  Decision failToUndo(String step) {
    return reply(step, Phase.COMPENSATION, lastAttempt(step, Phase.COMPENSATION), Outcome.FAILED);
  }

  Decision reply(String step, Phase phase, int attempt, Outcome outcome) {
    StepName name = StepName.parse(step);
    return give(
        new Input.ReplyReceived(
            cause(),
            definition.step(name).orElseThrow().participant(),
            name,
            phase,
            attempt,
            outcome,
            MessageType.of(phase == Phase.ACTION ? Done.class : Undone.class),
            CODEC.encode(phase == Phase.ACTION ? new Done("receipt of " + step) : new Undone()),
            outcome == Outcome.SUCCEEDED
                ? Optional.empty()
                : Optional.of(new Problem(outcome.name(), "says " + step))));
  }

  Decision replyFrom(Participant participant, String step, MessageType type, String payload) {
    return give(
        new Input.ReplyReceived(
            cause(),
            participant,
            StepName.parse(step),
            Phase.ACTION,
            1,
            Outcome.SUCCEEDED,
            type,
            payload,
            Optional.empty()));
  }

  Decision published(String step, Phase phase, int attempt) {
    return give(new Input.CommandPublished(cause(), StepName.parse(step), phase, attempt));
  }

  /** The clock goes to the saga's wake-up time, and it is woken. */
  Decision wake() {
    Instant due = state().nextDueAt().orElseThrow();
    now = due.isAfter(now) ? due : now;
    return fire();
  }

  Decision fire() {
    return give(new Input.TimerFired(cause()));
  }

  Decision cancel() {
    return give(new Input.CancelRequested(cause(), "ann", "changed her mind"));
  }

  Decision resume() {
    return give(new Input.ResumeRequested(cause(), "bob", "mended"));
  }

  Decision signal(String await, String id) {
    return signal(await, id, CODEC.encode(new RandomTrip.Approved("ann")));
  }

  Decision signal(String await, String id, String payload) {
    return give(new Input.SignalSent(cause(), id, StepName.parse(await), payload));
  }

  Decision retryNow() {
    return give(new Input.RetryRequested(cause(), "bob", "it is mended"));
  }

  /** The step or its compensation was done by hand. */
  Decision skip(String step, Phase phase) {
    String reply = CODEC.encode(new Done(ModelParticipants.SKIPPED));
    return give(
        new Input.SkipRequested(cause(), StepName.parse(step), phase, reply, "bob", "by hand"));
  }

  Decision abort() {
    return give(new Input.AbortRequested(cause(), "bob", "beyond mending"));
  }

  void tick(Duration passed) {
    now = now.plus(passed);
  }

  /** All attempts at a step's phase run out of time. */
  void timeOut(String step, Phase phase) {
    while (state().core().openSteps(phase).stream()
        .anyMatch(s -> s.name().toString().equals(step))) {
      wake();
    }
  }

  /** A corrected version is deployed: the same structure, other functions. */
  void deploy(SagaDefinition<Trip> corrected) {
    definition = corrected;
  }

  void tell(Object happening) {
    story.add(happening);
  }

  // --- what became of it

  SagaDefinition<Trip> definition() {
    return definition;
  }

  Instant now() {
    return now;
  }

  boolean isStarted() {
    return state.isPresent();
  }

  SagaState state() {
    return state.orElseThrow();
  }

  SagaStatus status() {
    return state().status();
  }

  Trip data() {
    return CODEC.decode(state().core().data(), Trip.class);
  }

  StepState step(String name) {
    return state().core().step(StepName.parse(name)).orElseThrow();
  }

  List<Transition> journal() {
    return journal;
  }

  List<JournalEntry> entries() {
    return journal.stream().flatMap(t -> t.entries().stream()).toList();
  }

  <E extends JournalEntry> List<E> entries(Class<E> type) {
    return entries().stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<CommandIssued> commands() {
    return entries(CommandIssued.class);
  }

  List<CommandIssued> commands(String step, Phase phase) {
    return commands().stream()
        .filter(c -> c.step().toString().equals(step) && c.phase() == phase)
        .toList();
  }

  /** What was sent, in order: {@code hotel}, or {@code -hotel} for its compensation. */
  List<String> sent() {
    return commands().stream().map(Rehearsal::shortly).toList();
  }

  static String shortly(CommandIssued command) {
    return (command.phase() == Phase.COMPENSATION ? "-" : "") + command.step();
  }

  static IdempotencyKey keyOf(CommandIssued command) {
    return new IdempotencyKey(SAGA, command.step(), command.phase());
  }

  String cause() {
    return "m" + ++inputs;
  }

  /** All that happened so far, for the message of a test that fails. */
  String story() {
    StringBuilder text = new StringBuilder(definition.toJson()).append('\n');
    story.forEach(happening -> text.append(happening).append('\n'));
    return text.toString();
  }

  private int lastAttempt(String step, Phase phase) {
    return step(step).phase(phase).orElseThrow().attempts().number();
  }

  private Decision taken(Input input, Moment moment, Decision decision, Decision again) {
    story.add(new Happening(now, input, decision));
    try {
      invariants.check(SAGA, state, input, moment, decision, again);
    } catch (AssertionError broken) {
      throw new AssertionError(broken.getMessage() + "\n" + story(), broken);
    }
    decision.transition().ifPresent(journal::add);
    state = decision.state();
    return decision;
  }

  private record Happening(Instant at, Input input, Decision decision) {

    @Override
    public String toString() {
      return "%s %s%n    -> %s %s %s"
          .formatted(
              Duration.between(START, at),
              input,
              decision.verdict(),
              decision.state().map(s -> s.status().name()).orElse("no saga"),
              decision.transition().map(t -> t.entries().toString()).orElse("-"));
    }
  }
}
