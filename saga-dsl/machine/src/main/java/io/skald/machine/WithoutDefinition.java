package io.skald.machine;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaTurnCame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of a saga whose definition is not deployed: it parks until it is (law L10). */
final class WithoutDefinition {

  private final SagaState state;
  private final Input input;
  private final Moment moment;

  WithoutDefinition(SagaState state, Input input, Moment moment) {
    this.state = state;
    this.input = input;
    this.moment = moment;
  }

  Decision decide() {
    return switch (input) {
      case Input.StartRequested start -> start(start);
      case Input.StartExcluded excluded ->
          ignored(List.of(), ExclusiveRules.excludedAnother(excluded));
      case Input.TurnCame came when state instanceof SagaState.Queued queued ->
          applied(List.of(new SagaTurnCame(queued.allowance().map(moment::after)), parked()));
      case Input.UndoRequested undo -> undo(undo.parent());
      case Input.ReleaseRequested release -> release();
      case Input.AbortRequested abort when !(state instanceof SagaState.Terminal) ->
          applied(FamilyRules.aborted(state, new SagaAborted(abort.actor(), abort.reason())));
      case Input.ReplyReceived reply when state instanceof SagaState.Terminal ended ->
          ignored(FamilyRules.letGoLate(ended, reply), IgnoreReason.TERMINAL);
      default -> passOver();
    };
  }

  private Decision passOver() {
    boolean passing =
        input instanceof Input.TimerFired
            || input instanceof Input.CommandPublished
            || input instanceof Input.TurnCame;
    return switch (state) {
      case SagaState.Terminal ended -> passing ? unchanged() : ignored(IgnoreReason.TERMINAL);
      case SagaState.Active active ->
          passing ? applied(List.of(parked())) : ignored(List.of(parked()), IgnoreReason.PARKED);
      case SagaState.Parked parked -> passing ? unchanged() : ignored(IgnoreReason.PARKED);
      case SagaState.Held held -> passing ? unchanged() : ignored(IgnoreReason.HELD);
      // Its turn comes and it parks at once; until then it can wait without its definition.
      case SagaState.Queued queued -> passing ? unchanged() : ignored(IgnoreReason.QUEUED);
    };
  }

  private Decision start(Input.StartRequested start) {
    List<JournalEntry> entries =
        start.parent().map(asking -> FamilyRules.startedAgain(state, asking)).orElse(List.of());
    return ignored(entries, RequestRules.ignoredStart(state.core(), start));
  }

  /** It turns back, and goes on with that once its definition is there. */
  private Decision undo(ParentLink asking) {
    Optional<IgnoreReason> reason = FamilyRules.notToUndo(state, asking);
    List<JournalEntry> entries = new ArrayList<>(FamilyRules.askedToUndo(state, asking));
    if (reason.isEmpty()) {
      entries.add(
          new SagaCompensating(
              CompensationCause.PARENT_TURNED_BACK,
              Optional.empty(),
              Optional.of(ChildRules.PARENT_TURNED_BACK),
              Optional.empty()));
    }
    if (reason.isEmpty() || state instanceof SagaState.Active) {
      entries.add(parked());
    }
    return reason.isEmpty()
        ? applied(entries)
        : ignored(entries, new InputIgnored(kind(), reason.get(), ChildRules.detail(asking)));
  }

  private Decision release() {
    Optional<IgnoreReason> reason = FamilyRules.notToRelease(state);
    List<JournalEntry> entries =
        new ArrayList<>(reason.isEmpty() ? FamilyRules.released(state) : List.of());
    if (state instanceof SagaState.Active) {
      entries.add(parked());
    }
    return reason.isEmpty() ? applied(entries) : ignored(entries, reason.get());
  }

  private SagaParked parked() {
    SagaCore core = state.core();
    return new SagaParked(
        ParkReason.DEFINITION_MISSING,
        Optional.empty(),
        new Problem(
            "DEFINITION_MISSING",
            "Expected definition "
                + core.definition()
                + " v"
                + core.version()
                + " to be deployed; deploy it and the saga goes on"));
  }

  private String kind() {
    return input.getClass().getSimpleName();
  }

  private Decision unchanged() {
    return new Decision(
        new Verdict.Ignored(IgnoreReason.STALE_TIMER), Optional.of(state), Optional.empty());
  }

  private Decision ignored(IgnoreReason reason) {
    return ignored(List.of(), reason);
  }

  private Decision ignored(List<JournalEntry> before, IgnoreReason reason) {
    return ignored(before, new InputIgnored(kind(), reason, "the definition is missing"));
  }

  private Decision ignored(List<JournalEntry> before, InputIgnored entry) {
    List<JournalEntry> entries = new ArrayList<>(before);
    entries.add(entry);
    return recorded(new Verdict.Ignored(entry.reason()), entries);
  }

  private Decision applied(List<JournalEntry> entries) {
    return recorded(new Verdict.Applied(), entries);
  }

  private Decision recorded(Verdict verdict, List<JournalEntry> entries) {
    Transition transition =
        new Transition(
            state.core().id(), state.core().seq() + 1, moment.now(), input.cause(), entries);
    return new Decision(
        verdict,
        Optional.of(Evolution.apply(Optional.of(state), transition)),
        Optional.of(transition));
  }
}
