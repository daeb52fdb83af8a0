package io.skald.participant;

/** What came of reading a record. */
sealed interface Reading {

  /** A command for a handler. */
  record Readable(Delivery<?, ?> delivery) implements Reading {}

  /** Not a command that this participant can make sense of, today or ever. */
  record Unreadable(DeadLetterReason reason, String detail) implements Reading {}
}
