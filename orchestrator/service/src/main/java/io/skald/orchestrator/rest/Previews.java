package io.skald.orchestrator.rest;

import io.skald.machine.Decision;
import io.skald.machine.IgnoreReason;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Asks the machine what would come of an input, as a lane does, and throws the decision away. What
 * it says holds for the state that was read; the saga may go on before anybody acts on it.
 */
@Singleton
class Previews {

  /** Jitter is drawn anew when it is for real; the middle is the best guess. */
  private static final double MIDDLE = 0.5;

  private final Definitions definitions;
  private final SagaMachine machine;
  private final InstantSource clock;

  @Inject
  Previews(Definitions definitions, PayloadCodec codec) {
    this(definitions, codec, InstantSource.system());
  }

  Previews(Definitions definitions, PayloadCodec codec, InstantSource clock) {
    this.definitions = definitions;
    this.machine = new SagaMachine(codec);
    this.clock = clock;
  }

  PreviewView of(String verb, SagaState saga, Input input) {
    Optional<SagaDefinition<?>> definition =
        definitions.of(saga.core().definition(), saga.core().version());
    Moment moment = new Moment(clock.instant(), MIDDLE);
    Decision decision =
        definition.isPresent()
            ? machine.decide(definition.get(), saga.core().id(), Optional.of(saga), input, moment)
            : machine.decideWithoutDefinition(saga, input, moment);
    return switch (decision.verdict()) {
      case Verdict.Applied applied -> taken(verb, saga, decision, definition);
      case Verdict.Ignored(IgnoreReason reason) ->
          unchanged(
              verb,
              reason == IgnoreReason.ALREADY_COMPENSATING,
              saga,
              Refusals.because(saga, reason),
              definition);
      case Verdict.Excluded(SagaId by, String because) ->
          unchanged(verb, false, saga, because, definition);
      case Verdict.Refused(String because) ->
          unchanged(
              verb,
              false,
              saga,
              ApiProblem.quoting(ProblemKind.NOT_POSSIBLE_NOW, because).detail(),
              definition);
    };
  }

  private static PreviewView taken(
      String verb, SagaState saga, Decision decision, Optional<SagaDefinition<?>> definition) {
    SagaState after = decision.state().orElseThrow();
    List<JournalEntry> entries = decision.transition().orElseThrow().entries();
    return new PreviewView(
        verb,
        true,
        Optional.empty(),
        saga.core().seq(),
        after.status(),
        entries.stream().map(EntryWords::of).toList(),
        entries.stream()
            .filter(JournalEntry.CommandIssued.class::isInstance)
            .map(JournalEntry.CommandIssued.class::cast)
            .map(PreviewView.Sent::of)
            .toList(),
        WhatNext.of(after, definition.map(known -> Progress.of(after, known))));
  }

  private static PreviewView unchanged(
      String verb,
      boolean possible,
      SagaState saga,
      String because,
      Optional<SagaDefinition<?>> definition) {
    return new PreviewView(
        verb,
        possible,
        Optional.of(because),
        saga.core().seq(),
        saga.status(),
        List.of(),
        List.of(),
        WhatNext.of(saga, definition.map(known -> Progress.of(saga, known))));
  }
}
