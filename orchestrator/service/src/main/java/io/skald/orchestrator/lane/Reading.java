package io.skald.orchestrator.lane;

import io.skald.machine.Input;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import java.util.Optional;

/** What a record turned out to be. */
public sealed interface Reading {

  /**
   * Something happened to a saga.
   *
   * @param key the saga's key, as the record says
   * @param starts the definition to start it with, when the input is a start
   */
  record ForSaga(SagaId saga, String key, Optional<SagaDefinition<?>> starts, Input input)
      implements Reading {

    /** Whether it is a start of a definition of which one saga of a key is under way at a time. */
    boolean isExclusiveStart() {
      return input instanceof Input.StartRequested start
          && start.parent().isEmpty()
          && starts.isPresent()
          && starts.get().exclusive().isPresent();
    }
  }

  /** It can't be read; it belongs in the dead letters. */
  record Unreadable(String because) implements Reading {}

  /** An event that concerns no saga: a topic of facts may hold more than we ask for. */
  record NotForUs() implements Reading {}
}
