package io.skald.participant;

/** What a {@link CommandFilter} lets happen to a command. */
public enum Disposition {
  /** It goes on to the fence and its handler. */
  PROCEED,
  /** It is neither executed nor answered, and its offset moves on: as if it had been lost. */
  SWALLOW
}
