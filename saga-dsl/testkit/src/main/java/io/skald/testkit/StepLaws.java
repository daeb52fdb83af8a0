package io.skald.testkit;

import io.skald.machine.Decision;
import io.skald.machine.Evolution;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.StepState;
import io.skald.machine.Transition;
import io.skald.machine.Verdict;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The laws that hold after every single decision. */
final class StepLaws {

  private final Undoing undoing;
  private final Map<IdempotencyKey, CommandIssued> byKey = new HashMap<>();
  private final Map<StepName, Participant> participants = new HashMap<>();
  private Optional<SagaState> replayed = Optional.empty();

  StepLaws(Undoing undoing) {
    this.undoing = undoing;
  }

  /** The same state, input and moment were decided twice. */
  void checkPure(Decision decision, Decision again) {
    if (decision.equals(again)) {
      return;
    }
    List<JournalEntry> one = entries(decision);
    List<JournalEntry> other = entries(again);
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      Broken.unless(
          Objects.equals(one.get(i), other.get(i)),
          Law.FUNCTION_NOT_PURE,
          "Expected the same twice, but found first\n  "
              + Story.said(one.get(i))
              + "\nand then\n  "
              + Story.said(other.get(i)));
    }
    throw new Broken(
        Law.FUNCTION_NOT_PURE, "Expected the same twice, but found " + one + " and then " + other);
  }

  void check(Decision decision) {
    if (decision.verdict() instanceof Verdict.Refused(String because)) {
      throw new Broken(Law.FUNCTION_THREW, "The input was refused: " + because);
    }
    SagaState state = decision.state().orElseThrow();
    decision.transition().ifPresent(t -> replayed = Optional.of(Evolution.apply(replayed, t)));
    Broken.unless(
        replayed.equals(decision.state()),
        Law.JOURNAL_DIFFERS,
        "Expected the state\n  " + replayed.orElse(null) + "\nbut found\n  " + state);
    Broken.unless(
        state.nextDueAt().isPresent() == state.status().isActive(),
        Law.NEVER_WAKES,
        "Found it " + state.status() + ", to be woken at " + state.nextDueAt().orElse(null));
    for (JournalEntry entry : entries(decision)) {
      if (entry instanceof SagaParked parked && parked.reason() == ParkReason.DEFINITION_DEFECT) {
        throw new Broken(Law.FUNCTION_THREW, parked.problem().message());
      }
      if (entry instanceof CommandIssued command) {
        checkCommand(command, state);
      }
    }
    boolean turnedBack =
        state.status() == SagaStatus.COMPENSATING || state.status() == SagaStatus.COMPENSATED;
    Broken.unless(
        !turnedBack || !state.core().isPastReturn(),
        Law.BACK_PAST_PIVOT,
        "Found it " + state.status() + " though its pivot was not refused");
  }

  /** Everything was said again to a saga at rest. */
  void checkUnchanged(SagaState before, SagaState after) {
    Broken.unless(
        before.status() == after.status()
            && before.core().steps().equals(after.core().steps())
            && before.core().blocks().equals(after.core().blocks())
            && before.core().data().equals(after.core().data()),
        Law.SETTLED_TWICE,
        "Expected repeats to change nothing of\n  " + before + "\nbut found\n  " + after);
  }

  private void checkCommand(CommandIssued command, SagaState state) {
    CommandIssued first =
        byKey.computeIfAbsent(
            new IdempotencyKey(state.core().id(), command.step(), command.phase()), k -> command);
    Broken.unless(
        first.command().equals(command.command()) && first.payload().equals(command.payload()),
        Law.COMMANDS_DIFFER,
        "Expected every attempt at "
            + Story.named(command.step() + "", command.phase())
            + " to carry\n  "
            + first.command()
            + " "
            + first.payload()
            + "\nbut found attempt "
            + command.attempts().number()
            + " with\n  "
            + command.command()
            + " "
            + command.payload());
    Participant participant =
        participants.computeIfAbsent(command.step(), s -> command.participant());
    Broken.unless(
        participant.equals(command.participant()),
        Law.OTHER_PARTICIPANT,
        "Step '" + command.step() + "' went to " + participant + ", then to " + command);
    if (command.phase() == Phase.COMPENSATION) {
      checkCompensation(command, state);
    }
  }

  private void checkCompensation(CommandIssued compensation, SagaState state) {
    StepName step = compensation.step();
    CommandIssued action = byKey.get(new IdempotencyKey(state.core().id(), step, Phase.ACTION));
    Optional<PhaseState> settled = state.core().step(step).map(StepState::action);
    boolean mayHaveHappened =
        settled
            .filter(p -> p instanceof PhaseState.Succeeded || p instanceof PhaseState.Unknown)
            .isPresent();
    if (action == null || !mayHaveHappened) {
      throw new Broken(
          Law.COMPENSATED_THOUGH_REFUSED,
          "Step '" + step + "' is to be compensated, but its action is " + settled.orElse(null));
    }
    Optional<String> reply =
        settled
            .filter(PhaseState.Succeeded.class::isInstance)
            .map(p -> ((PhaseState.Succeeded) p).reply());
    List<StepState> open = state.core().openSteps(Phase.ACTION);
    Broken.unless(
        open.isEmpty(),
        Law.COMPENSATED_TOO_EARLY,
        "Step '" + step + "' is to be compensated while " + open + " is under way");
    undoing.check(action, reply, compensation);
  }

  private static List<JournalEntry> entries(Decision decision) {
    return decision.transition().map(Transition::entries).orElse(List.of());
  }
}
