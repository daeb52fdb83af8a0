package io.skald.orchestrator.query;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.skald.machine.SagaStatus;
import java.time.Instant;
import java.util.UUID;

/** A saga as lists show it: without its data and its steps. */
@RegisterForReflection
public record SagaSummary(
    UUID id,
    String definition,
    int version,
    String key,
    SagaStatus status,
    Instant createdAt,
    Instant updatedAt) {}
