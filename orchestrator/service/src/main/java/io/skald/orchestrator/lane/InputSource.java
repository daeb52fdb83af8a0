package io.skald.orchestrator.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where a lane reads its records. Used by that lane's thread alone, but for {@link #wakeUp}. */
public interface InputSource extends AutoCloseable {

  /**
   * Reads these shards' partitions from now on, and no others.
   *
   * @param newShards the shards to be read from the given positions; shards read already go on
   *     where they are
   * @param positions the next offset of each partition; one that is not named, or is out of range,
   *     is read from its beginning
   */
  void assign(
      Collection<Integer> shards,
      Collection<Integer> newShards,
      Map<InputPartition, Long> positions);

  /** The next records; waits for the first of them at most this long. */
  List<Envelope> poll(Duration atMost);

  /**
   * How far the partitions of these shards reach at this moment.
   *
   * @throws SourceException when Kafka does not answer
   */
  Map<InputPartition, Long> ends(Collection<Integer> shards);

  /** Whether everything before these offsets has been read. */
  boolean hasReached(Map<InputPartition, Long> ends);

  /** Ends a {@link #poll} that waits. May be called from any thread. */
  void wakeUp();

  @Override
  void close();

  /** Kafka could not be reached. */
  final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
