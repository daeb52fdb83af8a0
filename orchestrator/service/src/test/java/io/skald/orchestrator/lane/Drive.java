package io.skald.orchestrator.lane;

import io.skald.machine.Contention;
import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Moment;
import io.skald.machine.ParentLink;
import io.skald.machine.Problem;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Trips.Done;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.orchestrator.lane.Trips.Undone;
import io.skald.saga.Exclusive;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Drives one saga through the real machine, so that a journal gets rows as lanes write them. */
public final class Drive {

  private final SagaMachine machine = new SagaMachine(World.CODEC);
  private final SagaDefinition<Trip> definition;
  private final SagaId id;
  private final String key;
  private final List<Transition> transitions = new ArrayList<>();
  private Instant now;
  private Optional<SagaState> state = Optional.empty();
  private Optional<CommandIssued> lastCommand = Optional.empty();
  private int inputs;

  private Drive(SagaDefinition<Trip> definition, SagaId id, String key, Instant now) {
    this.definition = definition;
    this.id = id;
    this.key = key;
    this.now = now;
  }

  /** A saga that has been started and waits for its first step. */
  public static Drive started(String key) {
    return started(key, SettableClock.START);
  }

  public static Drive started(String key, Instant at) {
    Drive drive = new Drive(Trips.trip(), SagaId.forKey("trip", key), key, at);
    drive.start(new Trip(key, List.of()));
    return drive;
  }

  /**
   * A saga of {@link Trips#solo} as a lane starts it.
   *
   * @param lastPlace the place of who is there already; 0 when nobody is
   */
  public static Drive soloStarted(String key, String start, long lastPlace) {
    return soloStarted(key, start, lastPlace, SettableClock.START);
  }

  public static Drive soloStarted(String key, String start, long lastPlace, Instant at) {
    SagaId id = SagaId.forStart("solo", key, start);
    Drive drive = new Drive(Trips.solo(Exclusive.QUEUE), id, key, at);
    SagaId last = SagaId.forStart("solo", key, "place " + lastPlace);
    drive.give(
        new Input.StartRequested(
                drive.nextCause(), id, key, World.CODEC.encode(new Trip(key, List.of())))
            .among(
                lastPlace == 0
                    ? Optional.empty()
                    : Optional.of(new Contention(last, last, lastPlace, 0))));
    return drive;
  }

  public Drive turnCame() {
    return give(new Input.TurnCame(nextCause()));
  }

  /** Another start with its key was refused because of it. */
  public Drive excluded(String cause, SagaId start) {
    return give(new Input.StartExcluded(cause, start, "it is there"));
  }

  /** A saga of one step that is a step of another, and waits for it. */
  public static Drive child(String key) {
    Drive drive =
        new Drive(
            Trips.patient(), SagaId.forKey(Trips.patient().name(), key), key, SettableClock.START);
    ParentLink parent =
        new ParentLink(World.id("P-1"), "P-1", new StepName("car"), true, Phase.ACTION, 1);
    String data = World.CODEC.encode(new Trip(key, List.of()));
    return drive.give(new Input.StartRequested(drive.nextCause(), drive.id, key, data).of(parent));
  }

  private void start(Trip trip) {
    give(new Input.StartRequested(nextCause(), id, key, World.CODEC.encode(trip)));
  }

  public Drive tick(Duration passed) {
    now = now.plus(passed);
    return this;
  }

  public Drive succeed() {
    return answer(Outcome.SUCCEEDED);
  }

  public Drive reject() {
    return answer(Outcome.REJECTED);
  }

  public Drive fail() {
    return answer(Outcome.FAILED);
  }

  private Drive answer(Outcome outcome) {
    if (lastCommand.isEmpty()) {
      return this; // It waits for its turn.
    }
    CommandIssued command = lastCommand.orElseThrow();
    Object answer = command.phase() == Phase.ACTION ? new Done("receipt, 1.10 €") : new Undone();
    return give(
        new Input.ReplyReceived(
            nextCause(),
            command.participant(),
            command.step(),
            command.phase(),
            command.attempts().number(),
            outcome,
            MessageType.of(answer.getClass()),
            World.CODEC.encode(answer),
            outcome == Outcome.SUCCEEDED
                ? Optional.empty()
                : Optional.of(new Problem("NO", "says the participant"))));
  }

  public Drive wake() {
    now = state().nextDueAt().orElse(now);
    return give(new Input.TimerFired("timer"));
  }

  public Drive cancel() {
    return give(new Input.CancelRequested(nextCause(), "anna", "changed my mind"));
  }

  public Drive abort() {
    return give(new Input.AbortRequested(nextCause(), "anna", "enough"));
  }

  public Drive resume() {
    return give(new Input.ResumeRequested(nextCause(), "anna", "mended"));
  }

  /** Its definition is not deployed any more. */
  public Drive parkWithoutDefinition() {
    return take(machine.decideWithoutDefinition(state(), new Input.TimerFired("timer"), moment()));
  }

  /** Whatever comes. */
  public Drive anything(RandomGenerator random) {
    tick(Duration.ofMillis(random.nextInt(3_000)));
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> succeed();
      case 4 -> reject();
      case 5, 6 -> fail();
      case 7, 8 -> wake();
      case 9 -> random.nextInt(3) == 0 ? cancel() : succeed();
      case 10 -> random.nextInt(8) == 0 ? abort() : resume();
      default -> parkWithoutDefinition();
    };
  }

  private Drive give(Input input) {
    return take(machine.decide(definition, id, state, input, moment()));
  }

  private Drive take(Decision decision) {
    state = decision.state();
    decision.transition().ifPresent(this::keep);
    return this;
  }

  private void keep(Transition transition) {
    transitions.add(transition);
    transition.entries().stream()
        .filter(CommandIssued.class::isInstance)
        .map(CommandIssued.class::cast)
        .forEach(command -> lastCommand = Optional.of(command));
  }

  private Moment moment() {
    return new Moment(now, 0.5);
  }

  private String nextCause() {
    return key + "-" + ++inputs;
  }

  public SagaId id() {
    return id;
  }

  public String key() {
    return key;
  }

  public SagaState state() {
    return state.orElseThrow();
  }

  public List<Transition> transitions() {
    return transitions;
  }
}
