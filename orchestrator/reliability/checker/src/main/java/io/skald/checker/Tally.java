package io.skald.checker;

import io.skald.saga.message.Phase;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often one item of a step was done, and how often undone. */
record Tally(Place place, long done, long undone) {

  /** One tally for each item that has any effect. */
  static List<Tally> of(Collection<Effect> effects) {
    Map<Place, Tally> tallies = new LinkedHashMap<>();
    for (Effect effect : effects) {
      Tally one =
          effect.phase() == Phase.ACTION
              ? new Tally(Place.of(effect), 1, 0)
              : new Tally(Place.of(effect), 0, 1);
      tallies.merge(one.place, one, Tally::plus);
    }
    return List.copyOf(tallies.values());
  }

  /** Its effect stands, once. */
  boolean stands() {
    return done == 1 && undone == 0;
  }

  /** Nothing of it is left. */
  boolean isUndone() {
    return done == undone;
  }

  private Tally plus(Tally more) {
    return new Tally(place, done + more.done, undone + more.undone);
  }

  /** What was found, for people. */
  @Override
  public String toString() {
    return "done " + done + " times and undone " + undone + " times";
  }
}
