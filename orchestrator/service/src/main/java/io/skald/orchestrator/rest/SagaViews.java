package io.skald.orchestrator.rest;

import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a state to the outside, with what its definition says of the steps to come. */
@Singleton
class SagaViews {

  private final Definitions definitions;

  SagaViews(Definitions definitions) {
    this.definitions = definitions;
  }

  SagaView of(SagaState state) {
    SagaCore core = state.core();
    Optional<SagaDefinition<?>> definition = definitions.of(core.definition(), core.version());
    Optional<Progress> progress = definition.map(known -> Progress.of(state, known));
    return new SagaView(
        core.id().value(),
        core.definition(),
        core.version(),
        core.key(),
        state.status(),
        core.data(),
        core.startedAt(),
        core.updatedAt(),
        endedAt(state),
        core.deadline(),
        core.parent().map(ParentView::of),
        StepViews.of(state, progress),
        progress.map(BlockView::of).orElse(List.of()),
        queued(state),
        compensation(state),
        parked(state),
        aborted(state),
        WhatNext.of(state, progress),
        links(state, definition.isPresent()));
  }

  private static Optional<Instant> endedAt(SagaState state) {
    return switch (state) {
      case SagaState.Completed completed -> Optional.of(completed.at());
      case SagaState.Compensated compensated -> Optional.of(compensated.at());
      case SagaState.Aborted aborted -> Optional.of(aborted.at());
      case SagaState.Active active -> Optional.empty();
      case SagaState.Parked parked -> Optional.empty();
      case SagaState.Queued queued -> Optional.empty();
      case SagaState.Held held -> Optional.empty();
    };
  }

  private static Optional<CompensationView> compensation(SagaState state) {
    return switch (state) {
      case SagaState.Compensating back ->
          Optional.of(CompensationView.of(back.cause(), back.failedStep(), back.problem()));
      case SagaState.Compensated back ->
          Optional.of(CompensationView.of(back.cause(), back.failedStep(), back.problem()));
      case SagaState.Parked parked -> compensation(parked.interrupted());
      case SagaState.Queued queued -> Optional.empty();
      case SagaState.Running running -> Optional.empty();
      case SagaState.Held held -> Optional.empty();
      case SagaState.Completed completed -> Optional.empty();
      case SagaState.Aborted aborted -> Optional.empty();
    };
  }

  private static Optional<QueuedView> queued(SagaState state) {
    return state instanceof SagaState.Queued queued
        ? Optional.of(new QueuedView(queued.behind().value(), Addresses.line(queued.core())))
        : Optional.empty();
  }

  private static Optional<ParkedView> parked(SagaState state) {
    return state instanceof SagaState.Parked parked
        ? Optional.of(
            new ParkedView(
                parked.reason(),
                parked.step().map(step -> step.toString()),
                ErrorView.of(parked.problem()),
                parked.since()))
        : Optional.empty();
  }

  private static Optional<AbortedView> aborted(SagaState state) {
    return state instanceof SagaState.Aborted aborted
        ? Optional.of(new AbortedView(aborted.actor(), aborted.reason(), aborted.at()))
        : Optional.empty();
  }

  /** A verb is there only while it would be heard. */
  private static Map<String, String> links(SagaState state, boolean deployed) {
    SagaCore core = state.core();
    String self = Addresses.saga(core.id().value());
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", self);
    links.put("journal", self + "/journal");
    links.put("definition", Addresses.definition(core.definition(), core.version()));
    core.parent().ifPresent(link -> links.put("parent", Addresses.saga(link.saga().value())));
    if (deployed) {
      links.put("diagram", self + "/diagram");
    }
    if (canBeCancelled(state, deployed)) {
      links.put("cancel", self + "/cancel");
    }
    if (state instanceof SagaState.Active active && deployed && waitsForARetry(active)) {
      links.put("retry", self + "/retry");
    }
    if (state instanceof SagaState.Parked parked
        && deployed
        && parked.reason() != ParkReason.STEP_REJECTED) {
      links.put("resume", self + "/resume");
    }
    if (!state.status().isTerminal()) {
      links.put("abort", self + "/abort");
    }
    return links;
  }

  private static boolean waitsForARetry(SagaState.Active active) {
    return active.core().steps().stream()
        .anyMatch(
            step -> step.phase(active.phase()).orElse(null) instanceof PhaseState.AwaitingRetry);
  }

  private static boolean canBeCancelled(SagaState state, boolean deployed) {
    SagaState moving = state instanceof SagaState.Parked parked ? parked.interrupted() : state;
    return deployed
        && (moving instanceof SagaState.Running || moving instanceof SagaState.Queued)
        && !moving.core().isPastReturn();
  }
}
