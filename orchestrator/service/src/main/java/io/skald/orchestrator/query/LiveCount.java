package io.skald.orchestrator.query;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.skald.machine.SagaStatus;

/** How many sagas of one version have one status. */
@RegisterForReflection
public record LiveCount(String definition, int version, SagaStatus status, long sagas) {}
