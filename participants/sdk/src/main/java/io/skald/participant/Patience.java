package io.skald.participant;

import java.util.function.Supplier;

/** What is done about work that the database or Kafka could not do. Safe on every thread. */
public interface Patience {

  /**
   * Tries again what ended in a {@link RetryBatchException}, until it is done.
   *
   * @throws IllegalStateException when the application shuts down first; what has been committed
   *     until then stays, and the batch is delivered again
   */
  <T> T insist(String what, Supplier<T> work);
}
