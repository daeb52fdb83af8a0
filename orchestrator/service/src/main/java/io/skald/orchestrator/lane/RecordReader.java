package io.skald.orchestrator.lane;

import java.util.List;

/** Says what a record is. Pure, and called by many lanes at once. */
public interface RecordReader {

  /** One reading, or several when an event starts sagas of several definitions; never none. */
  List<Reading> read(Envelope record);

  /** Whether somebody waits for what becomes of it, and is told; nobody waits for an event's. */
  default boolean isAnswered(Envelope record) {
    return false;
  }
}
