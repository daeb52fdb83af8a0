package io.skald.testkit;

import java.io.Serial;

/** A case of a {@link FailureMatrix} broke a law. The message has the case and the story. */
public final class LawBroken extends AssertionError {

  @Serial private static final long serialVersionUID = 1L;

  private final Law law;

  LawBroken(FailureCase failureCase, Broken broken, Story story) {
    super(
        story.behind(
            "["
                + failureCase
                + "] broke "
                + broken.law()
                + ": "
                + broken.law().sentence()
                + ".\n"
                + broken.getMessage()));
    this.law = broken.law();
  }

  public Law law() {
    return law;
  }
}
