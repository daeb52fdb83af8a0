package io.skald.simulation;

import io.skald.saga.message.Command;
import java.util.ArrayList;
import java.util.List;

/** What the sagas of a run say to their participants. */
final class Messages {

  private Messages() {}

  record TripRequested(String trip, long amount) {}

  /** What a trip carries along. */
  record Trip(String id, long amount, List<String> receipts) {

    static Trip of(TripRequested requested) {
      return new Trip(requested.trip(), requested.amount(), List.of());
    }

    Trip with(Done done) {
      List<String> all = new ArrayList<>(receipts);
      all.add(done.receipt());
      return new Trip(id, amount, List.copyOf(all));
    }
  }

  /** Moves an amount from the travellers to the participant. */
  record Do(String trip, String step, long amount) implements Command<Done> {}

  record Done(String receipt, long amount) {}

  /** Moves it back; made when the step's reply is known. */
  record Undo(String trip, String step, String receipt) implements Command<Undone> {}

  /** Moves it back, if it was moved at all. */
  record UndoBlindly(String trip, String step) implements Command<Undone> {}

  record Undone(String trip) {}
}
