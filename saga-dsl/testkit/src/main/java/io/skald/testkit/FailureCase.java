package io.skald.testkit;

import io.skald.saga.message.StepName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run of a {@link FailureMatrix}.
 *
 * @param strikes what goes wrong in it: nothing, one fault, or two
 */
public record FailureCase(Set<Strike> strikes) {

  /** One fault at one step; inside a {@code forEach}, at one item's step. */
  public record Strike(StepName step, Fault fault) {

    public Strike {
      Objects.requireNonNull(step, "step");
      Objects.requireNonNull(fault, "fault");
    }

    @Override
    public String toString() {
      return step + ": " + fault.title();
    }
  }

  /** In the order given, for the name. */
  public FailureCase(Set<Strike> strikes) {
    this.strikes = Collections.unmodifiableSet(new LinkedHashSet<>(strikes));
  }

  static FailureCase of(Strike... strikes) {
    return new FailureCase(new LinkedHashSet<>(List.of(strikes)));
  }

  /** Whether all of this one's faults, and at least one more, are in the other. */
  boolean isPartOf(FailureCase other) {
    return strikes.size() < other.strikes.size() && other.strikes.containsAll(strikes);
  }

  /** Such as {@code payment: late + shipping: refuses}. */
  @Override
  public String toString() {
    return strikes.isEmpty()
        ? "no fault"
        : strikes.stream().map(Strike::toString).collect(Collectors.joining(" + "));
  }
}
