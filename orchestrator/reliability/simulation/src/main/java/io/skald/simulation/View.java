package io.skald.simulation;

import io.skald.saga.Each;
import io.skald.simulation.Messages.Leg;
import io.skald.simulation.Messages.Trip;

/**
 * What the functions of a part see: the trip alone, or inside a forEach one of its legs too.
 *
 * @param <D> what they are given
 */
sealed interface View<D> {

  Trip trip(D data);

  D with(D data, Trip trip);

  /** What the part costs. */
  long amount(D data);

  /** Outside of any forEach. */
  record Whole() implements View<Trip> {

    @Override
    public Trip trip(Trip data) {
      return data;
    }

    @Override
    public Trip with(Trip data, Trip trip) {
      return trip;
    }

    @Override
    public long amount(Trip data) {
      return data.amount();
    }
  }

  /**
   * Inside a forEach.
   *
   * @param outer what is seen outside of it
   */
  record OfLeg<D>(View<D> outer) implements View<Each<D, Leg>> {

    @Override
    public Trip trip(Each<D, Leg> data) {
      return outer.trip(data.data());
    }

    @Override
    public Each<D, Leg> with(Each<D, Leg> data, Trip trip) {
      return data.with(outer.with(data.data(), trip));
    }

    @Override
    public long amount(Each<D, Leg> data) {
      return outer.amount(data.data()) + data.item().fare();
    }
  }
}
