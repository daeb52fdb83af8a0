package io.skald.orchestrator.rest;

import io.skald.machine.IgnoreReason;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.StepKind;

/** Says why a saga does not take what is asked of it, and what can be done instead. */
final class Refusals {

  private Refusals() {}

  static ApiProblem notPossible(String verb, SagaState saga, IgnoreReason reason) {
    return new ApiProblem(
        ProblemKind.NOT_POSSIBLE_NOW,
        "Expected to " + verb + " saga '" + saga.core().id() + "', but " + because(saga, reason));
  }

  static String because(SagaState saga, IgnoreReason reason) {
    return switch (reason) {
      case TERMINAL ->
          "it is " + saga.status() + "; a saga that has ended does not change any more";
      case PAST_RETURN ->
          "its point of no return"
              + pivot(saga)
              + " has been issued; it goes forward by itself, and if it must not, abort ends"
              + " it as it is";
      case NOT_PARKED -> "it is " + saga.status() + "; only PARKED sagas can be resumed";
      case REFUSED_FOR_GOOD ->
          "the participant refused the step for good; settle it by hand, then skip takes the step"
              + " for done, or abort ends the saga as it is";
      case PARKED ->
          saga instanceof SagaState.Parked parked
                  && parked.reason() != ParkReason.DEFINITION_MISSING
              ? "it is PARKED; resume lets it go on"
              : "it is PARKED until definition '"
                  + saga.core().definition()
                  + "' version "
                  + saga.core().version()
                  + " is deployed; deploy it, or abort ends the saga as it is";
      case ALREADY_COMPENSATING -> "it is on its way back already";
      case TURNED_BACK -> "it has turned back, and takes no signal any more";
      case NOTHING_TO_RETRY -> "no step of it waits for a retry";
      case NOTHING_TO_SKIP ->
          "that step of it is not under way in that phase; only what was issued and has not"
              + " succeeded can be taken for done";
      case REPEATED_SIGNAL -> "another signal of that name has come already";
      case ALREADY_SETTLED -> "the time for it has passed, and the saga has gone on without it";
      case QUEUED ->
          saga instanceof SagaState.Queued queued
              ? "it is QUEUED behind saga '"
                  + queued.behind()
                  + "', and nothing of it is under way; cancel or abort takes it out of the line"
              : "it was QUEUED, and nothing of it was under way";
      case HELD ->
          "it is HELD: its work is done, and its parent completes it or has it undone; ask the"
              + " parent, or abort ends this saga alone";
      case NOT_HELD,
          NOT_ITS_PARENT,
          REPEATED_START,
          CONFLICTING_START,
          EXCLUDES_ANOTHER,
          NOT_QUEUED,
          STALE_ATTEMPT,
          NEVER_ISSUED,
          STALE_TIMER ->
          "it is " + saga.status() + " and did not take it: " + reason;
    };
  }

  private static String pivot(SagaState saga) {
    return saga.core().steps().stream()
        .filter(step -> step.kind() == StepKind.PIVOT)
        .map(StepState::name)
        .map(name -> ", step '" + name + "',")
        .findFirst()
        .orElse("");
  }
}
