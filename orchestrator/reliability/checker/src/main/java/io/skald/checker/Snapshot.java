package io.skald.checker;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * How much there was of something that nothing may make or destroy, such as money, between two
 * commits.
 *
 * @param quantity its name; the sums of one name must all be equal
 * @param sum all of it, wherever it was
 * @param minimum the least that any one place had; below zero is a violation
 */
public record Snapshot(String quantity, Instant at, BigDecimal sum, BigDecimal minimum) {

  public Snapshot {
    Objects.requireNonNull(quantity, "quantity");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(sum, "sum");
    Objects.requireNonNull(minimum, "minimum");
  }
}
