package io.skald.machine;

import io.skald.saga.message.SagaId;
import java.util.Objects;

/**
 * Who is there already, for a start whose definition lets only one saga of a key be under way. A
 * saga is there from its start to its end, also while it is parked or waits for its turn.
 *
 * @param first whose turn it is, or comes next
 * @param last who was started last
 * @param lastPlace the place of the last
 * @param waiting how many wait for their turn
 */
public record Contention(SagaId first, SagaId last, long lastPlace, int waiting) {

  /** How many may wait for one key. */
  public static final int MAX_WAITING = 1_000;

  public Contention {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(last, "last");
  }
}
