package io.skald.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a run may have: all of it, or less when a shorter story is looked for.
 *
 * @param faults the others never strike
 * @param maxSagas how many sagas at most
 */
record Scale(Set<Fault> faults, int maxSagas) {

  static final Scale FULL = new Scale(EnumSet.allOf(Fault.class), Integer.MAX_VALUE);

  static final Scale FAULTLESS = new Scale(EnumSet.noneOf(Fault.class), Integer.MAX_VALUE);

  Scale {
    faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
  }
}
