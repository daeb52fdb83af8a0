package io.skald.participant;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counters of what came in and what was answered. */
@Singleton
final class ParticipantMetrics {

  private final MeterRegistry registry;

  @Inject
  ParticipantMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** {@code skald.participant.commands}: replies by participant, outcome and whether repeated. */
  void answered(ParticipantService service, Answer answer) {
    registry
        .counter(
            "skald.participant.commands",
            "participant",
            service.participant().name(),
            "outcome",
            answer.outcome().wireName(),
            "repeated",
            Boolean.toString(answer.repeated()))
        .increment();
  }

  /** {@code skald.participant.dead.letters}: by participant and reason. */
  void deadLettered(ParticipantService service, DeadLetterReason reason) {
    registry
        .counter(
            "skald.participant.dead.letters",
            "participant",
            service.participant().name(),
            "reason",
            reason.name())
        .increment();
  }
}
