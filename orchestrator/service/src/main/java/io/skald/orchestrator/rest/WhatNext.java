package io.skald.orchestrator.rest;

import io.skald.machine.BlockState;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.Part;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what a saga will do next, and when, if nothing comes in between. */
final class WhatNext {

  private final SagaState.Active active;
  private final Optional<Progress> progress;

  private WhatNext(SagaState.Active active, Optional<Progress> progress) {
    this.active = active;
    this.progress = progress;
  }

  /**
   * Empty when the saga has ended.
   *
   * @param progress empty when the definition is not deployed
   */
  static Optional<NextView> of(SagaState state, Optional<Progress> progress) {
    return switch (state) {
      case SagaState.Active active -> Optional.of(new WhatNext(active, progress).moving());
      case SagaState.Parked parked ->
          Optional.of(new WhatNext(parked.interrupted(), progress).operator(parked));
      case SagaState.Queued queued -> Optional.of(turn(queued, progress));
      case SagaState.Held held -> Optional.of(held(held));
      case SagaState.Terminal ended -> Optional.empty();
    };
  }

  private static NextView turn(SagaState.Queued queued, Optional<Progress> progress) {
    return new NextView(
        Optional.empty(),
        Optional.of(Phase.ACTION),
        Optional.empty(),
        "it waits for its turn behind saga '"
            + queued.behind()
            + "', and begins when all that were started before it have ended",
        List.of(),
        progress.map(StepViews::pending).orElse(List.of()));
  }

  private static NextView held(SagaState.Held held) {
    return new NextView(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "its work is done; it completes when its parent"
            + held.core().parent().map(link -> " '" + link.saga() + "'").orElse("")
            + " does, and is undone when that turns back",
        List.of(),
        List.of());
  }

  private NextView moving() {
    List<NextView.Open> open = open();
    Optional<NextView> deadline = deadlineFirst(open);
    if (deadline.isPresent()) {
      return deadline.get();
    }
    if (open.isEmpty()) {
      return new NextView(
          Optional.empty(),
          Optional.of(active.phase()),
          active.nextDueAt(),
          "on its way",
          List.of(),
          then());
    }
    NextView.Open first = open.getFirst();
    return new NextView(
        Optional.of(first.name()),
        Optional.of(first.phase()),
        Optional.of(first.at()),
        first.because(),
        open.subList(1, open.size()),
        then());
  }

  /** Everything that is under way or waited for, what is due first in front. */
  private List<NextView.Open> open() {
    List<NextView.Open> open = new ArrayList<>();
    for (StepState step : active.core().steps()) {
      for (Phase phase : Phase.values()) {
        step.phase(phase)
            .filter(PhaseState::isOpen)
            .ifPresent(state -> open.add(attempt(step.name(), phase, state)));
      }
    }
    if (active instanceof SagaState.Running) {
      for (BlockState block : active.core().blocks()) {
        if (block instanceof BlockState.Waiting waiting) {
          open.add(waiting(waiting));
        }
      }
    }
    open.sort(Comparator.comparing(NextView.Open::at));
    return open;
  }

  private NextView.Open attempt(StepName step, Phase phase, PhaseState state) {
    int attempt = state.attempts().number();
    Instant at = state.dueAt().orElseThrow();
    String because =
        state instanceof PhaseState.AwaitingRetry
            ? "attempt "
                + attempt
                + wentWrong(state)
                + "; attempt "
                + (attempt + 1)
                + " is issued at "
                + at
            : "awaiting the reply to attempt " + attempt + " until " + at;
    boolean settles = phase == Phase.ACTION && active instanceof SagaState.Compensating;
    return new NextView.Open(
        step.toString(), phase, at, settles ? because + "; then it is undone" : because);
  }

  private NextView.Open waiting(BlockState.Waiting waiting) {
    Optional<Part<?>> part = progress.flatMap(known -> known.definition().part(waiting.name()));
    String because =
        part.orElse(null) instanceof Part.Await<?> await
            ? "awaiting signal '"
                + waiting.name()
                + "' ("
                + await.signalType()
                + ") until "
                + waiting.until()
                + whenLate(await)
            : "standing still until " + waiting.until();
    return new NextView.Open(waiting.name().toString(), Phase.ACTION, waiting.until(), because);
  }

  private String whenLate(Part.Await<?> await) {
    if (await.late().isPresent()) {
      return "; then it goes on another way";
    }
    return active.core().isPastReturn() ? "; then it parks" : "; then it turns back";
  }

  /** A deadline that comes before all else: then the saga turns back. */
  private Optional<NextView> deadlineFirst(List<NextView.Open> open) {
    SagaCore core = active.core();
    if (!(active instanceof SagaState.Running) || core.isPastReturn() || open.isEmpty()) {
      return Optional.empty();
    }
    return core.deadline()
        .filter(deadline -> active.nextDueAt().filter(deadline::equals).isPresent())
        .filter(deadline -> deadline.isBefore(open.getFirst().at()))
        .map(
            deadline ->
                new NextView(
                    Optional.of(open.getFirst().name()),
                    Optional.of(Phase.ACTION),
                    Optional.of(deadline),
                    "the deadline "
                        + deadline
                        + " comes first; the saga is compensated unless it reaches its point of no"
                        + " return before",
                    open.subList(1, open.size()),
                    then()));
  }

  private NextView operator(SagaState.Parked parked) {
    String because =
        switch (parked.reason()) {
          case STEP_GIVEN_UP, COMPENSATION_GIVEN_UP ->
              "its attempts are used up; resume begins a new series of attempts, skip takes the"
                  + " step for done, abort ends the saga as it is";
          case STEP_REJECTED ->
              "the participant refused a step that can't be undone any more; settle it by hand,"
                  + " then skip takes the step for done, or abort ends the saga as it is";
          case NO_SIGNAL ->
              "no signal came in time; send it and resume, or resume waits once more, or abort ends"
                  + " the saga as it is";
          case DEFINITION_DEFECT ->
              "a function of the definition failed; deploy one that does not, then resume goes on,"
                  + " or abort ends the saga as it is";
          case DEFINITION_MISSING ->
              "definition '"
                  + parked.core().definition()
                  + "' version "
                  + parked.core().version()
                  + " is not deployed; deploy it and the saga goes on, or abort ends it as it is";
        };
    return new NextView(
        parked.step().map(StepName::toString),
        Optional.of(active.phase()),
        Optional.empty(),
        because,
        List.of(),
        then().stream()
            .filter(name -> parked.step().filter(step -> step.toString().equals(name)).isEmpty())
            .toList());
  }

  private List<String> then() {
    return switch (active.phase()) {
      case ACTION -> progress.map(StepViews::pending).orElse(List.of());
      case COMPENSATION ->
          progress
              .map(known -> StepViews.owed(active.core(), known.definition()))
              .orElse(List.of());
    };
  }

  private static String wentWrong(PhaseState state) {
    return state
        .problem()
        .map(problem -> " went wrong (" + problem.code() + ")")
        .orElse(" went wrong");
  }
}
