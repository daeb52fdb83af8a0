package io.skald.testkit;

import io.skald.machine.BlockState;
import io.skald.machine.Decision;
import io.skald.machine.JournalEntry;
import io.skald.machine.SagaStatus;
import io.skald.machine.Verdict;
import io.skald.saga.message.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What has happened to a saga so far, line by line, for the message of a test that fails. */
final class Story {

  private final Instant start;
  private final List<String> lines = new ArrayList<>();

  Story(Instant start) {
    this.start = start;
  }

  void tell(Instant now, String happening, Decision decision) {
    lines.add("+" + time(Duration.between(start, now)) + "  " + happening);
    if (decision.verdict() instanceof Verdict.Refused(String because)) {
      lines.add("    refused: " + because);
    }
    if (decision.verdict() instanceof Verdict.Excluded excluded) {
      lines.add("    excluded: " + excluded.because());
    }
    decision
        .transition()
        .ifPresent(t -> t.entries().forEach(entry -> lines.add("    " + said(entry))));
    lines.add("    = " + decision.state().map(s -> s.status().name()).orElse("no saga"));
  }

  /** Something that happened outside of the saga. */
  void note(Instant now, String happening) {
    lines.add("+" + time(Duration.between(start, now)) + "  (" + happening + ")");
  }

  /** The same, behind what a test has found. */
  String behind(String found) {
    return found + "\n\nThe saga's story so far:\n" + this + "\n";
  }

  @Override
  public String toString() {
    return lines.isEmpty() ? "  (it has not been started)" : "  " + String.join("\n  ", lines);
  }

  private static String time(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  static String said(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.SagaStarted e -> "started with " + e.data();
      case JournalEntry.SagaQueued e -> SagaStatus.QUEUED + " behind saga " + e.behind();
      case JournalEntry.SagaTurnCame e -> "its turn has come";
      case JournalEntry.CommandIssued e ->
          "sends "
              + e.command()
              + " for "
              + named(e.step() + "", e.phase())
              + ", attempt "
              + e.attempts().number()
              + ": "
              + e.payload();
      case JournalEntry.StepSucceeded e ->
          "step '" + e.step() + "' succeeded" + e.data().map(d -> ", data is now " + d).orElse("");
      case JournalEntry.StepRejected e -> "step '" + e.step() + "' was refused: " + e.problem();
      case JournalEntry.StepCompensated e -> "step '" + e.step() + "' is compensated";
      case JournalEntry.AttemptFailed e ->
          "attempt " + e.attempt() + " failed: " + e.problem() + ", next at " + e.retryAt();
      case JournalEntry.AttemptTimedOut e ->
          "attempt " + e.attempt() + " timed out, next at " + e.retryAt();
      case JournalEntry.StepGivenUp e ->
          "gives up " + named(e.step() + "", e.phase()) + ": " + e.problem();
      case JournalEntry.TimeoutMoved e -> "timeout moved to " + e.timeoutAt();
      case JournalEntry.WayChosen e ->
          "block '" + e.block() + "' " + (e.otherwise() ? "does not hold" : "holds");
      case JournalEntry.ItemsTaken e ->
          "block '"
              + e.block()
              + "' has items "
              + e.items().stream().map(BlockState.Item::key).toList();
      case JournalEntry.WaitBegan e -> "block '" + e.block() + "' waits until " + e.until();
      case JournalEntry.WaitPassed e -> "block '" + e.block() + "' has waited long enough";
      case JournalEntry.SignalKept e -> "signal '" + e.block() + "' came: " + e.payload();
      case JournalEntry.SignalTaken e ->
          "signal '"
              + e.block()
              + "' is taken"
              + e.data().map(d -> ", data is now " + d).orElse("");
      case JournalEntry.StepSkipped e ->
          named(e.step() + "", e.phase())
              + " is taken for done by "
              + e.actor()
              + ": "
              + e.reason();
      case JournalEntry.RetryHastened e -> "tried now, asked by " + e.actor() + ": " + e.reason();
      case JournalEntry.SagaCompensating e -> SagaStatus.COMPENSATING + ": " + e.cause();
      case JournalEntry.SagaParked e -> SagaStatus.PARKED + ": " + e.reason() + ", " + e.problem();
      case JournalEntry.SagaResumed e -> "resumed by " + e.actor() + ": " + e.reason();
      case JournalEntry.SagaCompleted e -> SagaStatus.COMPLETED.name();
      case JournalEntry.SagaHeld e -> SagaStatus.HELD.name();
      case JournalEntry.SagaReleased e -> "waits no longer for its parent";
      case JournalEntry.ParentAsked e ->
          "parent asks for " + e.phase().wireName() + ", attempt " + e.attempt();
      case JournalEntry.ParentAnswered e ->
          "parent is told of " + named(e.to().step() + "", e.to().phase()) + ": " + e.outcome();
      case JournalEntry.ChildReleased e ->
          "saga " + e.child() + " of step '" + e.step() + "' is released";
      case JournalEntry.SagaCompensated e -> SagaStatus.COMPENSATED.name();
      case JournalEntry.SagaAborted e ->
          SagaStatus.ABORTED + " by " + e.actor() + ": " + e.reason();
      case JournalEntry.InputIgnored e -> "ignored, " + e.reason() + ": " + e.detail();
    };
  }

  static String named(String step, Phase phase) {
    return phase == Phase.ACTION
        ? "step '" + step + "'"
        : "the compensation of step '" + step + "'";
  }
}
