package io.skald.orchestrator.query;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A place in the list of sagas, newest first. It is the key of a row and not a count of rows, so it
 * stays where it is while sagas are added.
 */
public record Position(Instant createdAt, UUID id) {

  public Position {
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(id, "id");
  }

  /** Where the list goes on after {@code saga}. */
  public static Position of(SagaSummary saga) {
    return new Position(saga.createdAt(), saga.id());
  }
}
