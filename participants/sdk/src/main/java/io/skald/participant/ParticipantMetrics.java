package io.skald.participant;

import io.micrometer.core.instrument.MeterRegistry;
import io.skald.saga.message.Outcome;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counters of what came in and what was answered. */
@Singleton
final class ParticipantMetrics implements ParticipantListener {

  private final MeterRegistry registry;

  @Inject
  ParticipantMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** {@code skald.participant.commands}: replies by participant, outcome and whether repeated. */
  @Override
  public void answered(ParticipantService service, Outcome outcome, boolean repeated) {
    registry
        .counter(
            "skald.participant.commands",
            "participant",
            service.participant().name(),
            "outcome",
            outcome.wireName(),
            "repeated",
            Boolean.toString(repeated))
        .increment();
  }

  /** {@code skald.participant.dead.letters}: by participant and reason. */
  @Override
  public void deadLettered(ParticipantService service, String reason) {
    registry
        .counter(
            "skald.participant.dead.letters",
            "participant",
            service.participant().name(),
            "reason",
            reason)
        .increment();
  }
}
