package io.skald.checker;

import java.util.List;
import java.util.Objects;

/**
 * What became of the messages on one hop, such as from {@code payment-commands} to its participant.
 * Each message that was delivered must have ended in exactly one way.
 *
 * @param hop its name, for people
 * @param published how many were put on it
 * @param redelivered how many times one of them was delivered again
 * @param lost how many were never delivered, by a fault that was made on purpose
 * @param applied how many had their effect
 * @param duplicate how many were repeats, and changed nothing
 * @param stale how many came too late, and changed nothing
 * @param deadLetter how many went to the dead letters
 * @param forwarded how many were passed on to the partition where they belong
 * @param unexplained some of those that have not ended in exactly one way, for people
 */
public record HopCounts(
    String hop,
    long published,
    long redelivered,
    long lost,
    long applied,
    long duplicate,
    long stale,
    long deadLetter,
    long forwarded,
    List<String> unexplained) {

  public HopCounts {
    Objects.requireNonNull(hop, "hop");
    unexplained = List.copyOf(unexplained);
  }

  public HopCounts(
      String hop,
      long published,
      long redelivered,
      long lost,
      long applied,
      long duplicate,
      long stale,
      long deadLetter,
      long forwarded) {
    this(
        hop,
        published,
        redelivered,
        lost,
        applied,
        duplicate,
        stale,
        deadLetter,
        forwarded,
        List.of());
  }

  /** How many deliveries there were. */
  public long delivered() {
    return published + redelivered - lost;
  }

  /** How many deliveries have ended in a way that is known. */
  public long accounted() {
    return applied + duplicate + stale + deadLetter + forwarded;
  }
}
