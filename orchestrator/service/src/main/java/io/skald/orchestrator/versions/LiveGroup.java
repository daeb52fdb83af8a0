package io.skald.orchestrator.versions;

import io.skald.machine.SagaStatus;
import java.util.List;

/**
 * Live sagas of one version that stand alike.
 *
 * @param status what they are
 * @param direction {@code QUEUED}, {@code RUNNING} or {@code COMPENSATING}; of parked ones, which
 *     they were
 * @param at the steps that they wait for, or stopped at; empty before the first
 * @param count how many they are
 */
record LiveGroup(
    String definition,
    int version,
    SagaStatus status,
    SagaStatus direction,
    List<String> at,
    long count) {

  LiveGroup {
    at = List.copyOf(at);
  }
}
