package io.skald.machine;

import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one block has found out or waits for. A block that needs to remember nothing has no state.
 *
 * <pre>
 * block    from         to         when
 * when     -            Chosen     the story comes to it
 * forEach  -            Items      the story comes to it
 * await    -            Kept       its signal comes before the story does
 * await    -            Waiting    the story comes to it
 * await    Waiting      Kept       its signal comes
 * await    Kept         Signalled  the story takes the signal
 * await    Waiting      Passed     its limit passes
 * await    Passed       Kept       its signal comes while the saga is parked for want of it
 * await    Passed       Waiting    the saga is resumed there, and waits once more
 * pause    -            Waiting    the story comes to it
 * pause    Waiting      Passed     its time is over
 * </pre>
 */
public sealed interface BlockState {

  StepName name();

  /** The way that was taken. */
  record Chosen(StepName name, boolean otherwise) implements BlockState {}

  /** The items, each with its key and its JSON text, as they were when the story came here. */
  record Items(StepName name, List<Item> items) implements BlockState {

    public Items {
      items = List.copyOf(items);
    }
  }

  /** It stands still until this instant. */
  record Waiting(StepName name, Instant since, Instant until) implements BlockState {}

  /** Its signal is here, and the story has yet to take it. */
  record Kept(StepName name, String signal, String payload) implements BlockState {}

  /** The story has taken the signal of this id. */
  record Signalled(StepName name, String signal, Instant at) implements BlockState {}

  /** The time was over. */
  record Passed(StepName name, Instant at) implements BlockState {}

  /**
   * One item of a {@code forEach}.
   *
   * @param key addresses its steps
   * @param json what its functions are given
   */
  record Item(String key, String json) {

    public Item {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(json, "json");
    }
  }
}
