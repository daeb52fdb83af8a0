package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.Objects;
import java.util.Optional;

/**
 * A client's attempt to start a saga, as the client knows it.
 *
 * @param acknowledged the id of the saga that the client was told it has started; empty when the
 *     answer is unknown, so that there may or may not be such a saga
 */
public record ClientStart(String definition, String key, Optional<SagaId> acknowledged) {

  public ClientStart {
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(acknowledged, "acknowledged");
  }
}
