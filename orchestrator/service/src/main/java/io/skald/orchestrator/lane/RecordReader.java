package io.skald.orchestrator.lane;

import java.util.List;

/** Says what a record is. Pure, and called by many lanes at once. */
public interface RecordReader {

  /** One reading, or several when an event starts sagas of several definitions; never none. */
  List<Reading> read(Envelope record);
}
