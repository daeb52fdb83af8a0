package io.skald.saga;

import java.util.Objects;

/**
 * What the functions inside a {@code forEach} see: the saga's data, and the item that this run of
 * the block is for.
 *
 * @param data the saga's data as it is now
 * @param item the item as it was when the block began; it is kept, so it never changes
 */
public record Each<D, I>(D data, I item) {

  public Each {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(item, "item");
  }

  /** The same item with other data: what a fold inside of the block gives. */
  public Each<D, I> with(D data) {
    return new Each<>(data, item);
  }
}
