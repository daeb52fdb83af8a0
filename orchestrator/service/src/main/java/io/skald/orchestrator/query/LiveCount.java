package io.skald.orchestrator.query;

import io.skald.machine.SagaStatus;

/** How many sagas of one version have one status. */
public record LiveCount(String definition, int version, SagaStatus status, long sagas) {}
