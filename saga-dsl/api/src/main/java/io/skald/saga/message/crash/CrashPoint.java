package io.skald.saga.message.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The moments between two durable actions of a process, at which a test can have it die as by
 * {@code kill -9}. For Skald's own tests.
 *
 * <p>Nothing is read and nothing happens unless the JVM was started with the system property
 * {@value #ORDERS}, which no configuration file and no environment variable of Skald's sets; then
 * its cost is that of a constant. The property names a file. A process that reaches a point whose
 * {@link #label} is in that file deletes the file and ends, so that its successor lives. May be
 * called from any thread.
 */
public enum CrashPoint {
  /** A request came over HTTP, and Kafka does not have it yet. */
  REQUEST_BEFORE_SEND(Side.ORCHESTRATOR),
  /** Kafka has the request, and who asked does not know. */
  REQUEST_AFTER_SEND(Side.ORCHESTRATOR),
  /** The group has handed out a shard, and its row still names the owner before. */
  LANE_BEFORE_CLAIM(Side.ORCHESTRATOR),
  /** A shard is this owner's, and none of its input is read yet. */
  LANE_AFTER_CLAIM(Side.ORCHESTRATOR),
  /** What a former owner may not have published was handed to Kafka again. */
  LANE_AFTER_REPUBLISH(Side.ORCHESTRATOR),
  /** A dead letter or a record to forward is decided, and not in Kafka. */
  LANE_BEFORE_SIDE_MESSAGES(Side.ORCHESTRATOR),
  /** It is in Kafka, and the offset of its record is not committed. */
  LANE_AFTER_SIDE_MESSAGES(Side.ORCHESTRATOR),
  /** A batch is decided, and not committed. */
  LANE_BEFORE_COMMIT(Side.ORCHESTRATOR),
  /** It is committed, and none of its commands has left. */
  LANE_AFTER_COMMIT(Side.ORCHESTRATOR),
  /** Its commands were handed to Kafka's client; whether they have left is open. */
  LANE_AFTER_PUBLISH(Side.ORCHESTRATOR),
  /** Kafka has acknowledged a message, and no watermark says so. */
  LANE_AFTER_ACKNOWLEDGEMENT(Side.ORCHESTRATOR),
  /** A shard is let go, and how far it is published is not committed. */
  LANE_BEFORE_WATERMARK(Side.ORCHESTRATOR),
  /** That is committed, and the shard not let go. */
  LANE_AFTER_WATERMARK(Side.ORCHESTRATOR),

  /** Commands were read; the offsets of those before them may be committed by now. */
  PARTICIPANT_BATCH_TAKEN(Side.PARTICIPANT),
  /** Effects, fence rows and replies are written, and not committed. */
  PARTICIPANT_BEFORE_COMMIT(Side.PARTICIPANT),
  /** They are committed, and no reply has left. */
  PARTICIPANT_AFTER_COMMIT(Side.PARTICIPANT),
  /** The replies are in Kafka, and the offsets of their commands are not committed. */
  PARTICIPANT_AFTER_REPLIES(Side.PARTICIPANT);

  /** Names the file that a test puts a label into. */
  public static final String ORDERS = "io.skald.crash.orders";

  /** Which process comes by. */
  public enum Side {
    ORCHESTRATOR,
    PARTICIPANT
  }

  private static final int AS_BY_KILL_9 = 137;
  private static final @Nullable Path FILE = file(System.getProperty(ORDERS));

  private final Side side;

  CrashPoint(Side side) {
    this.side = side;
  }

  public Side side() {
    return side;
  }

  /** How orders name it, such as {@code lane-before-commit}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Says that the process is here. Does not return if a test wants it to die. */
  public void reached() {
    if (FILE != null && isOrdered(FILE)) {
      System.err.println("Ends at crash point " + label() + ", as ordered");
      Runtime.getRuntime().halt(AS_BY_KILL_9);
    }
  }

  /** One of several threads that come by gets it; the others go on for the rest of their lives. */
  boolean isOrdered(Path orders) {
    try {
      return Files.exists(orders)
          && Files.readString(orders).strip().equals(label())
          && Files.deleteIfExists(orders);
    } catch (IOException e) {
      // Another thread was quicker.
      return false;
    }
  }

  private static @Nullable Path file(@Nullable String name) {
    return name == null ? null : Path.of(name);
  }
}
