package io.skald.checker;

import io.skald.machine.BlockState;
import io.skald.machine.CompensationCause;
import io.skald.machine.JournalEntry;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a saga has come by its entries so far, read without the machine: a machine that misreads
 * its own journal is not to be believed. Used by one thread.
 */
final class Course {

  private enum Action {
    AWAITS_REPLY,
    AWAITS_RETRY,
    SUCCEEDED,
    REJECTED,
    UNKNOWN
  }

  private final Map<StepName, Action> actions = new LinkedHashMap<>();
  private final Set<StepName> undoing = new HashSet<>();
  private final Set<StepName> undone = new HashSet<>();
  private final Map<StepName, Boolean> ways = new HashMap<>();
  private final Map<StepName, List<String>> items = new HashMap<>();
  private final Map<StepName, Instant> waits = new LinkedHashMap<>();
  private final Set<StepName> begun = new HashSet<>();
  private final Set<StepName> passed = new HashSet<>();
  private final Set<StepName> kept = new HashSet<>();
  private final Set<StepName> signalled = new HashSet<>();
  private boolean turnedBack;
  private boolean ended;
  private boolean held;

  /** How far it has come by all of its entries. */
  static Course of(SagaHistory saga) {
    Course course = new Course();
    saga.entries().forEach(course::follow);
    return course;
  }

  void follow(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.CommandIssued e -> issued(e);
      case JournalEntry.StepSucceeded e -> actions.put(e.step(), Action.SUCCEEDED);
      case JournalEntry.StepRejected e -> actions.put(e.step(), Action.REJECTED);
      case JournalEntry.StepCompensated e -> undone.add(e.step());
      case JournalEntry.StepSkipped e -> skipped(e);
      case JournalEntry.AttemptFailed e -> wentWrong(e.step(), e.phase(), Action.AWAITS_RETRY);
      case JournalEntry.AttemptTimedOut e -> wentWrong(e.step(), e.phase(), Action.AWAITS_RETRY);
      case JournalEntry.StepGivenUp e -> wentWrong(e.step(), e.phase(), Action.UNKNOWN);
      case JournalEntry.WayChosen e -> {
        ways.put(e.block(), e.otherwise());
        begun.add(e.block());
      }
      case JournalEntry.ItemsTaken e ->
          items.put(e.block(), e.items().stream().map(BlockState.Item::key).toList());
      case JournalEntry.WaitBegan e -> {
        waits.put(e.block(), e.until());
        begun.add(e.block());
      }
      case JournalEntry.WaitPassed e -> {
        waits.remove(e.block());
        passed.add(e.block());
      }
      case JournalEntry.SignalKept e -> {
        waits.remove(e.block());
        kept.add(e.block());
      }
      case JournalEntry.SignalTaken e -> {
        signalled.add(e.block());
        begun.add(e.block());
      }
      case JournalEntry.SagaCompensating e -> turnedBack(e.cause());
      case JournalEntry.SagaCompleted e -> ended = true;
      case JournalEntry.SagaCompensated e -> ended = true;
      case JournalEntry.SagaAborted e -> ended = true;
      case JournalEntry.SagaHeld e -> held = true;
      case JournalEntry.SagaReleased e -> {}
      case JournalEntry.ParentAsked e -> {}
      case JournalEntry.ParentAnswered e -> {}
      case JournalEntry.ChildReleased e -> {}
      case JournalEntry.SagaStarted e -> {}
      case JournalEntry.SagaQueued e -> {}
      case JournalEntry.SagaTurnCame e -> {}
      case JournalEntry.TimeoutMoved e -> {}
      case JournalEntry.RetryHastened e -> {}
      case JournalEntry.SagaParked e -> {}
      case JournalEntry.SagaResumed e -> {}
      case JournalEntry.InputIgnored e -> {}
    }
  }

  private void issued(JournalEntry.CommandIssued entry) {
    switch (entry.phase()) {
      case ACTION -> {
        actions.put(entry.step(), Action.AWAITS_REPLY);
        begun.add(entry.step());
      }
      case COMPENSATION -> undoing.add(entry.step());
    }
  }

  private void skipped(JournalEntry.StepSkipped entry) {
    switch (entry.phase()) {
      case ACTION -> actions.put(entry.step(), Action.SUCCEEDED);
      case COMPENSATION -> undone.add(entry.step());
    }
  }

  private void wentWrong(StepName step, Phase phase, Action next) {
    if (phase == Phase.ACTION) {
      actions.put(step, next);
    }
  }

  /** Only what awaits a reply when a step fails, or a signal, still settles. */
  private void turnedBack(CompensationCause cause) {
    turnedBack = true;
    boolean settles =
        switch (cause) {
          case STEP_REJECTED, STEP_GIVEN_UP, NO_SIGNAL -> true;
          case CANCELLED, DEADLINE_PASSED, PARENT_TURNED_BACK -> false;
        };
    actions.replaceAll(
        (step, action) ->
            action == Action.AWAITS_RETRY || (action == Action.AWAITS_REPLY && !settles)
                ? Action.UNKNOWN
                : action);
  }

  boolean hasTurnedBack() {
    return turnedBack;
  }

  /** Whether its work was done and it waited for its parent. */
  boolean wasHeld() {
    return held;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether this phase of the step was ever issued. */
  boolean isIssued(StepName step, Phase phase) {
    return phase == Phase.ACTION ? actions.containsKey(step) : undoing.contains(step);
  }

  /** Whether the step's action is done. */
  boolean hasSucceeded(StepName step) {
    return actions.get(step) == Action.SUCCEEDED;
  }

  /** Whether the step's effect may stand. */
  boolean mayStand(StepName step) {
    return actions.containsKey(step)
        && actions.get(step) != Action.REJECTED
        && !undone.contains(step);
  }

  /** A step of which an answer to the action is still waited for. */
  Optional<StepName> unsettled() {
    return actions.entrySet().stream()
        .filter(action -> action.getValue() == Action.AWAITS_REPLY)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether a {@code when} went the other way; empty when it is not decided. */
  Optional<Boolean> isOtherwise(StepName when) {
    return Optional.ofNullable(ways.get(when));
  }

  /** The items of a {@code forEach}; empty when it has not taken them. */
  Optional<List<String>> items(StepName forEach) {
    return Optional.ofNullable(items.get(forEach));
  }

  /** Whether the story has come to this step or block. */
  boolean hasBegun(StepName name) {
    return begun.contains(name);
  }

  /** Whether an {@code await}'s limit, or a pause, was over. */
  boolean hasPassed(StepName block) {
    return passed.contains(block);
  }

  /** Whether a signal was kept. */
  boolean hasKept(StepName await) {
    return kept.contains(await);
  }

  /** Whether a signal was taken. */
  boolean isSignalled(StepName await) {
    return signalled.contains(await);
  }

  /** Until when the story stands still, at each place where it does. */
  Map<StepName, Instant> waits() {
    return waits;
  }
}
