package io.skald.checker;

import io.skald.machine.Attempts;
import io.skald.machine.BlockState;
import io.skald.machine.CompensationCause;
import io.skald.machine.Evolution;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParkReason;
import io.skald.machine.Problem;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.saga.StepKind;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The story of a saga, told step by step: its journal, and all that a run which keeps the laws
 * leaves elsewhere. Tests then spoil one thing. Each saga has a shard of its own.
 */
public final class Told {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  /** payment and inventory can be undone, screen has nothing to undo, then there is no return. */
  public static final DefinitionShape ORDER =
      new DefinitionShape(
          "order",
          1,
          List.of(
              new StepShape(step("payment"), StepKind.COMPENSATABLE, at("payment"), true),
              new StepShape(step("inventory"), StepKind.COMPENSATABLE, at("inventory"), true),
              new StepShape(step("screen"), StepKind.COMPENSATABLE, at("screen"), false),
              new StepShape(step("shipping"), StepKind.PIVOT, at("shipping"), false),
              new StepShape(step("complete"), StepKind.RETRIABLE, at("complete"), false)));

  /**
   * A step; two branches, one of two steps; one of two ways; a step for each leg, one at once; an
   * approval, or else a reminder; and then there is no return.
   */
  static final DefinitionShape TRIP =
      new DefinitionShape(
          "trip",
          1,
          List.of(
              undoable("search"),
              new PartShape.Parallel(
                  step("book"),
                  List.of(
                      undoable("hotel"),
                      new PartShape.InOrder(List.of(undoable("flight"), undoable("seat"))))),
              new PartShape.When(
                  step("long"),
                  new PartShape.InOrder(List.of(undoable("visa"))),
                  new PartShape.InOrder(List.of(undoable("map")))),
              new PartShape.ForEach(
                  step("legs"), 1, new PartShape.InOrder(List.of(undoable("ticket")))),
              new PartShape.Await(
                  step("approval"),
                  Optional.of(new PartShape.InOrder(List.of(undoable("remind"))))),
              new StepShape(step("pay"), StepKind.PIVOT, at("pay"), false)));

  private final DefinitionShape definition;
  final SagaId id;
  final int shard;
  final List<JournalRow> rows = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final List<FenceRow> fences = new ArrayList<>();
  final List<SentCommand> commands = new ArrayList<>();
  private final String key;
  private Optional<StoredSaga> stored = Optional.empty();
  private long tick;

  Told(String key, int shard) {
    this(ORDER, SagaId.forKey("order", key), key, shard);
  }

  Told(SagaId id, String key, int shard) {
    this(ORDER, id, key, shard);
  }

  private Told(DefinitionShape definition, SagaId id, String key, int shard) {
    this.definition = definition;
    this.id = id;
    this.key = key;
    this.shard = shard;
  }

  /** A saga of {@link #TRIP} that has just started. */
  static Told trip() {
    return new Told(TRIP, SagaId.forKey("trip", "k"), "k", 0).started();
  }

  /** {@link #trip} that has booked everything. */
  static Told booked() {
    return trip()
        .did("search")
        .issue("hotel")
        .issue("flight")
        .succeed("flight")
        .did("seat")
        .succeed("hotel");
  }

  private static StepShape undoable(String name) {
    return new StepShape(step(name), StepKind.COMPENSATABLE, at(name), true);
  }

  static StepName step(String name) {
    return StepName.parse(name);
  }

  static Participant at(String step) {
    return Participant.named(step(step).value());
  }

  /** All steps succeeded, the first one at its second attempt. */
  public static Told completed() {
    Told told = new Told("completed", 0).started().issue("payment").retry("payment");
    return told.succeed("payment")
        .issue("inventory")
        .succeed("inventory")
        .issue("screen")
        .succeed("screen")
        .issue("shipping")
        .succeed("shipping")
        .issue("complete")
        .succeed("complete")
        .add(new JournalEntry.SagaCompleted())
        .ignored();
  }

  /** The pivot was refused, after one step of unknown outcome that has nothing to undo. */
  static Told compensated() {
    return new Told("compensated", 1)
        .started()
        .issue("payment")
        .succeed("payment")
        .issue("inventory")
        .succeed("inventory")
        .issue("screen")
        .succeed("screen")
        .issue("shipping")
        .reject("shipping")
        .turnBack()
        .compensate("inventory")
        .undone("inventory")
        .compensate("payment")
        .undone("payment")
        .add(new JournalEntry.SagaCompensated());
  }

  /** Payment stands; inventory, nobody knows; an operator ended it. */
  static Told aborted() {
    return new Told("aborted", 2)
        .started()
        .issue("payment")
        .succeed("payment")
        .issue("inventory")
        .add(new JournalEntry.SagaAborted("eve", "enough"));
  }

  /** A compensation was given up. */
  static Told parked() {
    return new Told("parked", 3)
        .started()
        .issue("payment")
        .succeed("payment")
        .issue("inventory")
        .reject("inventory")
        .turnBack()
        .compensate("payment")
        .giveUp("payment", Phase.COMPENSATION)
        .park("no answer");
  }

  Told started() {
    return add(start());
  }

  private JournalEntry start() {
    return new JournalEntry.SagaStarted(
        id, definition.name(), 1, "fingerprint", key, "digest", "{}", Optional.empty());
  }

  /** Another saga of the first shard, which has only just been started, by this input. */
  public static Told startedBy(String cause) {
    Told told = new Told("started", 0);
    return told.add(cause, told.start());
  }

  Told issue(String step) {
    return issue(step, Phase.ACTION, 1);
  }

  Told did(String step) {
    return issue(step).succeed(step);
  }

  Told choose(String when, boolean otherwise) {
    return add(new JournalEntry.WayChosen(step(when), otherwise));
  }

  Told take(String forEach, String... items) {
    return add(
        new JournalEntry.ItemsTaken(
            step(forEach),
            Arrays.stream(items).map(item -> new BlockState.Item(item, "{}")).toList()));
  }

  Told await(String await, Instant until) {
    return add(new JournalEntry.WaitBegan(step(await), until));
  }

  Told keep(String await, String signal) {
    return add(new JournalEntry.SignalKept(step(await), signal, "{}"));
  }

  Told takeSignal(String await, String signal) {
    return add(new JournalEntry.SignalTaken(step(await), signal, Optional.empty()));
  }

  Told skip(String step, Phase phase) {
    return add(
        new JournalEntry.StepSkipped(step(step), phase, "{}", Optional.empty(), "eve", "by hand"));
  }

  Told compensate(String step) {
    return issue(step, Phase.COMPENSATION, 1);
  }

  Told issue(String step, Phase phase, int attempt) {
    StepKind kind = definition.step(step(step)).orElseThrow().kind();
    add(
        new JournalEntry.CommandIssued(
            step(step),
            kind,
            phase,
            new Attempts(attempt, 1, START),
            at(step),
            new MessageType("Do", 1),
            "{}",
            START.plusSeconds(30)));
    commands.add(
        new SentCommand(
            id,
            step(step),
            phase,
            attempt,
            at(step),
            new IdempotencyKey(id, step(step), phase).toString(),
            OptionalLong.of(tick++)));
    return this;
  }

  /** The first attempt failed, and there is a second. */
  Told retry(String step) {
    add(
        new JournalEntry.AttemptFailed(
            step(step), Phase.ACTION, 1, new Problem("BUSY", "later"), START.plusSeconds(1)));
    return issue(step, Phase.ACTION, 2);
  }

  Told succeed(String step) {
    effect(step, Phase.ACTION);
    fence(step, FenceState.DONE);
    return add(new JournalEntry.StepSucceeded(step(step), 1, "{}", Optional.empty()));
  }

  Told reject(String step) {
    fence(step, FenceState.REJECTED);
    return add(new JournalEntry.StepRejected(step(step), 1, new Problem("NO", "no")));
  }

  Told undone(String step) {
    effect(step, Phase.COMPENSATION);
    fence(step, FenceState.COMPENSATED);
    return add(new JournalEntry.StepCompensated(step(step), 1));
  }

  Told giveUp(String step, Phase phase) {
    return add(
        new JournalEntry.StepGivenUp(step(step), phase, 1, new Problem("TIMEOUT", "no answer")));
  }

  Told turnBack() {
    return turnBack(CompensationCause.CANCELLED);
  }

  Told turnBack(CompensationCause cause) {
    return add(
        new JournalEntry.SagaCompensating(
            cause, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  Told park(String why) {
    return add(
        new JournalEntry.SagaParked(
            ParkReason.STEP_GIVEN_UP, Optional.empty(), new Problem("TIMEOUT", why)));
  }

  Told ignored() {
    return add(
        new JournalEntry.InputIgnored("ReplyReceived", IgnoreReason.ALREADY_SETTLED, "again"));
  }

  /** What brought this row came again. */
  public Told again(int row) {
    return add(
        rows.get(row - 1).transition().cause(),
        new JournalEntry.InputIgnored("StartRequested", IgnoreReason.REPEATED_START, "again"));
  }

  Told add(JournalEntry... entries) {
    return add(key + "-" + (rows.size() + 1), entries);
  }

  public Told add(String cause, JournalEntry... entries) {
    long seq = rows.size() + 1;
    Transition transition =
        new Transition(id, seq, START.plusSeconds(seq), cause, List.of(entries));
    rows.add(new JournalRow(shard, seq, transition, OptionalLong.of(tick++)));
    return this;
  }

  Told effect(String step, Phase phase) {
    effects.add(
        new Effect(
            id,
            at(step),
            step(step),
            Optional.empty(),
            phase,
            effects.size(),
            START.plusSeconds(effects.size())));
    return this;
  }

  /** Sets what the participant's fence says in the end. */
  Told fence(String step, FenceState state) {
    fences.removeIf(row -> row.step().equals(step(step)));
    fences.add(new FenceRow(id, at(step), step(step), state));
    return this;
  }

  /** Its row is this, and not what its journal makes of it. */
  Told stored(StoredSaga row) {
    stored = Optional.of(row);
    return this;
  }

  SagaState replayed() {
    Optional<SagaState> state = Optional.empty();
    for (JournalRow row : rows) {
      state = Optional.of(Evolution.apply(state, row.transition()));
    }
    return state.orElseThrow();
  }

  public SagaHistory saga() {
    return new SagaHistory(
        id, rows, Optional.of(stored.orElseGet(() -> StoredSaga.of(replayed()))));
  }

  static History.Builder history(Told... sagas) {
    History.Builder history = History.builder().definitions(List.of(ORDER, TRIP));
    for (Told told : sagas) {
      history
          .sagas(List.of(told.saga()))
          .shards(List.of(new Shard(told.shard, told.rows.size(), told.rows.size())))
          .effects(told.effects)
          .fences(told.fences)
          .commands(told.commands)
          .starts(List.of(new ClientStart(told.definition.name(), told.key, Optional.of(told.id))));
    }
    return history;
  }

  /** What one rule alone finds. */
  static List<Violation> foundBy(Rule rule, History history) {
    Evidence evidence = new Evidence(history);
    Findings findings = new Findings(rule.name(), evidence);
    rule.check(evidence, findings);
    return findings.violations();
  }
}
