package io.skald.simulation;

import io.skald.saga.message.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the sagas of a run say to their participants. */
final class Messages {

  private Messages() {}

  record TripRequested(String trip, long amount) {}

  /** What a trip carries along. */
  record Trip(String id, long amount, List<String> receipts) {

    static Trip of(TripRequested requested) {
      return new Trip(requested.trip(), requested.amount(), List.of());
    }

    Trip with(String receipt) {
      List<String> all = new ArrayList<>(receipts);
      all.add(receipt);
      return new Trip(id, amount, List.copyOf(all));
    }

    /** What it consists of by what is known now: asked again later it has others. */
    List<Leg> legs() {
      int count = Math.toIntExact((amount + receipts.size()) % (MOST_LEGS + 1));
      return EVERY_LEG.subList(0, count);
    }
  }

  private static final int MOST_LEGS = 3;

  /** The legs that there are. */
  static final List<Leg> EVERY_LEG =
      IntStream.rangeClosed(1, MOST_LEGS).mapToObj(i -> new Leg("leg " + i, 10L * i)).toList();

  /** A part of a trip. */
  record Leg(String name, long fare) {}

  /** Somebody lets a trip go on. */
  record Approved(String by) {}

  /** Moves an amount from the travellers to the participant. */
  record Do(String trip, String step, long amount) implements Command<Done> {}

  record Done(String receipt, long amount) {}

  /** Moves it back; made when the step's reply is known. */
  record Undo(String trip, String step, String receipt) implements Command<Undone> {}

  /** Moves it back, if it was moved at all. */
  record UndoBlindly(String trip, String step) implements Command<Undone> {}

  record Undone(String trip) {}
}
