package io.skald.orchestrator.rest;

import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParkReason;
import io.skald.machine.Problem;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One fact of a saga's history as a sentence. Payloads and data are not in it. */
final class EntryWords {

  /** Beyond this the items are counted and not named. */
  private static final int NAMED_ITEMS = 10;

  private EntryWords() {}

  static String of(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.SagaStarted e ->
          "the saga starts on "
              + e.definition()
              + " v"
              + e.version()
              + e.deadline().map(deadline -> ", with deadline " + deadline).orElse("")
              + e.parent()
                  .map(parent -> ", as" + step(parent.step()) + " of saga " + parent.saga())
                  .orElse("");
      case JournalEntry.SagaQueued e -> "the saga waits for its turn behind saga " + e.behind();
      case JournalEntry.SagaTurnCame e ->
          "its turn has come"
              + e.deadline().map(deadline -> ", with deadline " + deadline).orElse("");
      case JournalEntry.CommandIssued e when e.child().isPresent() ->
          "saga "
              + e.child().get()
              + " is to "
              + (e.phase() == Phase.ACTION ? "do" : "undo")
              + step(e.step())
              + ", attempt "
              + e.attempts().number();
      case JournalEntry.CommandIssued e ->
          "command "
              + e.command()
              + " is sent to "
              + e.participant().name()
              + " to "
              + (e.phase() == Phase.ACTION ? "do" : "undo")
              + step(e.step())
              + ", attempt "
              + e.attempts().number();
      case JournalEntry.StepSucceeded e -> "step" + quoted(e.step()) + " succeeded";
      case JournalEntry.StepRejected e ->
          "step" + quoted(e.step()) + " was refused" + why(e.problem());
      case JournalEntry.StepCompensated e -> "step" + quoted(e.step()) + " is undone";
      case JournalEntry.AttemptFailed e ->
          "attempt "
              + e.attempt()
              + at(e.phase(), e.step())
              + " failed"
              + why(e.problem())
              + "; the next one is at "
              + e.retryAt();
      case JournalEntry.AttemptTimedOut e ->
          "attempt "
              + e.attempt()
              + at(e.phase(), e.step())
              + " was not answered in time; the next one is at "
              + e.retryAt();
      case JournalEntry.StepGivenUp e ->
          "after attempt "
              + e.attempt()
              + " no more is tried"
              + at(e.phase(), e.step())
              + why(e.problem());
      case JournalEntry.TimeoutMoved e ->
          "attempt "
              + e.attempt()
              + at(e.phase(), e.step())
              + " was published late; it is awaited until "
              + e.timeoutAt();
      case JournalEntry.WayChosen e ->
          quoted(e.block()).strip()
              + " goes the way '"
              + (e.otherwise() ? "otherwise" : "then")
              + "'";
      case JournalEntry.ItemsTaken e -> quoted(e.block()).strip() + " is run for " + items(e);
      case JournalEntry.WaitBegan e ->
          "the story waits at" + quoted(e.block()) + " until " + e.until() + " at most";
      case JournalEntry.WaitPassed e -> "the time of" + quoted(e.block()) + " is over";
      case JournalEntry.SignalKept e ->
          "signal" + quoted(e.block()) + " has come, with id '" + e.signal() + "'";
      case JournalEntry.SignalTaken e -> "the story takes signal" + quoted(e.block());
      case JournalEntry.StepSkipped e ->
          e.actor()
              + " takes"
              + (e.phase() == Phase.ACTION ? step(e.step()) : " the undoing of" + step(e.step()))
              + " for done"
              + because(e.reason());
      case JournalEntry.RetryHastened e ->
          e.actor() + " has tried now what waited for a retry" + because(e.reason());
      case JournalEntry.SagaCompensating e ->
          "the saga turns back, because "
              + cause(e.cause(), e.failedStep())
              + e.problem().map(EntryWords::why).orElse("")
              + e.actor().map(actor -> ", by " + actor).orElse("");
      case JournalEntry.SagaParked e ->
          "the saga parks"
              + e.step().map(step -> " at" + quoted(step)).orElse("")
              + ", because "
              + parked(e.reason())
              + why(e.problem());
      case JournalEntry.SagaResumed e ->
          "the saga goes on, resumed by " + e.actor() + because(e.reason());
      case JournalEntry.SagaCompleted e -> "the saga is completed";
      case JournalEntry.SagaHeld e ->
          "the saga's work is done, and it waits for what becomes of its parent";
      case JournalEntry.SagaReleased e -> "its parent has ended, and the saga waits no longer";
      case JournalEntry.ParentAsked e ->
          "its parent asks that it is "
              + (e.phase() == Phase.ACTION ? "done" : "undone")
              + ", attempt "
              + e.attempt();
      case JournalEntry.ParentAnswered e ->
          "its parent is told of"
              + step(e.to().step())
              + ": "
              + (e.to().phase() == Phase.ACTION ? "" : "undoing it ")
              + e.outcome().wireName()
              + e.problem().map(EntryWords::why).orElse("");
      case JournalEntry.ChildReleased e ->
          "saga " + e.child() + " of" + step(e.step()) + " waits no longer";
      case JournalEntry.SagaCompensated e -> "all that may have happened is undone";
      case JournalEntry.SagaAborted e ->
          "the saga is ended as it is by " + e.actor() + because(e.reason());
      case JournalEntry.InputIgnored e ->
          "what came changed nothing: "
              + e.input()
              + ", "
              + ignored(e.reason())
              + " ("
              + e.detail()
              + ")";
    };
  }

  private static String step(StepName name) {
    return " step" + quoted(name);
  }

  private static String quoted(StepName name) {
    return " '" + name + "'";
  }

  private static String at(Phase phase, StepName step) {
    return (phase == Phase.ACTION ? " at" : " at undoing") + step(step);
  }

  private static String why(Problem problem) {
    return " (" + problem.code() + ": " + problem.message() + ")";
  }

  private static String because(String reason) {
    return ": " + reason;
  }

  private static String items(JournalEntry.ItemsTaken taken) {
    int count = taken.items().size();
    if (count == 0) {
      return "no item";
    }
    return count > NAMED_ITEMS
        ? count + " items"
        : taken.items().stream()
            .map(item -> "'" + item.key() + "'")
            .collect(Collectors.joining(", "));
  }

  private static String cause(CompensationCause cause, Optional<StepName> failed) {
    String at = failed.map(EntryWords::quoted).orElse("");
    return switch (cause) {
      case STEP_REJECTED -> "step" + at + " was refused";
      case STEP_GIVEN_UP -> "step" + at + " was given up";
      case NO_SIGNAL -> "signal" + at + " did not come in time";
      case CANCELLED -> "it was cancelled";
      case PARENT_TURNED_BACK -> "its parent turned back";
      case DEADLINE_PASSED -> "its deadline has passed";
    };
  }

  private static String parked(ParkReason reason) {
    return switch (reason) {
      case STEP_GIVEN_UP -> "its attempts are used up";
      case STEP_REJECTED -> "it was refused and can't be undone any more";
      case NO_SIGNAL -> "no signal came in time";
      case COMPENSATION_GIVEN_UP -> "the attempts at undoing it are used up";
      case DEFINITION_DEFECT -> "a function of the definition failed";
      case DEFINITION_MISSING -> "its definition is not deployed";
    };
  }

  private static String ignored(IgnoreReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
