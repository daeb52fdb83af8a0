package io.skald.orchestrator.query;

import java.util.List;

/**
 * A piece of a longer list.
 *
 * @param more whether there was something behind it when it was read
 */
public record Page<T>(List<T> items, boolean more) {

  public Page {
    items = List.copyOf(items);
  }

  /** The page that {@code found}, read with a limit of one more than {@code size}, makes. */
  static <T> Page<T> of(List<T> found, int size) {
    return found.size() <= size
        ? new Page<>(found, false)
        : new Page<>(found.subList(0, size), true);
  }
}
