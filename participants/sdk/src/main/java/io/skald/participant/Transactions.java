package io.skald.participant;

import java.util.function.Supplier;

/** The participant's local transactions. */
@FunctionalInterface
public interface Transactions {

  /** Runs {@code work} in a transaction of its own; rolls back, and throws on, what it throws. */
  <T> T inNew(Supplier<T> work);
}
