package io.skald.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which faults strike in a run, and how often they have. Every fault has a chance of its own: a run
 * from which one is left out has the others as before, until they part by what follows.
 */
final class Faults {

  /** A fault that struck, and when, in microseconds since the run began. */
  record Strike(long at, Fault fault) {}

  private static final int LONGEST_CHRONICLE = 200;

  /**
   * A transition with hundreds of messages is sent again as a whole while one of them fails, and
   * would never be through if one in ten did for ever. Most runs see a tenth of this.
   */
  private static final int MOST_STRIKES = 1_000;

  private final Map<Fault, Chance> chances = new EnumMap<>(Fault.class);
  private final Map<Fault, Double> intensities = new EnumMap<>(Fault.class);
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private final List<Strike> chronicle = new ArrayList<>();
  private final LongSupplier now;
  private boolean healed;

  /**
   * @param allowed the others never strike
   * @param now what the chronicle is dated by, in microseconds
   */
  Faults(long seed, Set<Fault> allowed, LongSupplier now) {
    this.now = now;
    Chance plan = new Chance(seed, "faults");
    double share = plan.with(0.1) ? 0 : plan.random().nextDouble(0.05, 0.7);
    double strength = plan.random().nextDouble(0.1, 1);
    for (Fault fault : Fault.values()) {
      // Drawn for each, allowed or not, so that the plan of the others stays the same.
      boolean chosen = plan.with(isDear(fault) ? share / 12 : share);
      double intensity = strength * plan.random().nextDouble();
      if (chosen && allowed.contains(fault)) {
        intensities.put(fault, intensity * fault.most);
        chances.put(fault, new Chance(seed, fault.name()));
      }
    }
  }

  /** What takes hours of simulated time takes many events: in few runs only. */
  private static boolean isDear(Fault fault) {
    return switch (fault) {
      case PARTICIPANT_DOWN_FOR_A_DAY,
          PARTICIPANT_FROM_OLD_BACKUP,
          KAFKA_AWAY_FOR_AN_HOUR,
          CLOCK_JUMPED ->
          true;
      default -> false;
    };
  }

  /** Those that this run has. */
  Set<Fault> chosen() {
    return intensities.isEmpty()
        ? EnumSet.noneOf(Fault.class)
        : EnumSet.copyOf(intensities.keySet());
  }

  boolean has(Fault fault) {
    return intensities.containsKey(fault);
  }

  /** Whether it strikes now; counted when it does. */
  boolean strikes(Fault fault) {
    if (healed || counts.getOrDefault(fault, 0L) >= MOST_STRIKES) {
      return false;
    }
    Double intensity = intensities.get(fault);
    if (intensity == null || !chance(fault).with(intensity)) {
      return false;
    }
    struck(fault);
    return true;
  }

  /** How often it is to strike in this run, at times of its own. */
  int times(Fault fault) {
    Double intensity = intensities.get(fault);
    return intensity == null ? 0 : 1 + (int) (intensity * chance(fault).random().nextDouble());
  }

  /** Counts what struck at its own time. */
  void struck(Fault fault) {
    counts.merge(fault, 1L, Long::sum);
    if (chronicle.size() < LONGEST_CHRONICLE) {
      chronicle.add(new Strike(now.getAsLong(), fault));
    }
  }

  Chance chance(Fault fault) {
    Chance chance = chances.get(fault);
    if (chance == null) {
      throw new IllegalStateException("Expected fault " + fault + " to be one of this run's");
    }
    return chance;
  }

  /** From now on nothing strikes any more. */
  void heal() {
    healed = true;
  }

  boolean isHealed() {
    return healed;
  }

  /** What struck, and when: the first of it. */
  List<Strike> chronicle() {
    return chronicle;
  }

  /** How often each struck; those that did not are left out. */
  Map<Fault, Long> counts() {
    return counts;
  }
}
