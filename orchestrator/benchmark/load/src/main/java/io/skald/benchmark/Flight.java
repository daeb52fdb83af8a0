package io.skald.benchmark;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A saga between its start and its end, as the bench sees it. */
final class Flight {
  private final String expectedEnding;
  private final long startedAt;
  private final Pace pace;
  private volatile @Nullable String id;

  /**
   * @param startedAt {@link System#nanoTime} from which its latency counts
   * @param pace told when it is over
   */
  Flight(String expectedEnding, long startedAt, Pace pace) {
    this.expectedEnding = expectedEnding;
    this.startedAt = startedAt;
    this.pace = pace;
  }

  String expectedEnding() {
    return expectedEnding;
  }

  long startedAt() {
    return startedAt;
  }

  Pace pace() {
    return pace;
  }

  /** Absent until whoever names it has done so. */
  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  void id(String named) {
    this.id = named;
  }
}
