package io.skald.orchestrator.query;

import io.skald.machine.SagaStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which sagas to list.
 *
 * @param statuses empty for all
 * @param from created at this instant or later
 * @param to created before this instant
 */
public record SagaFilter(
    Optional<String> definition,
    Set<SagaStatus> statuses,
    Optional<String> key,
    Optional<Instant> from,
    Optional<Instant> to) {

  public SagaFilter {
    Objects.requireNonNull(definition, "definition");
    statuses = Set.copyOf(statuses);
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
