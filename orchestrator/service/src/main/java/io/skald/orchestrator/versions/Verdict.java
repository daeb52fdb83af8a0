package io.skald.orchestrator.versions;

import java.util.Locale;

/** What a build means for the sagas of a version, or for those at one of its steps. */
public enum Verdict {
  /** The build's newest version: they go on, and new ones start on it. */
  CONTINUES,
  /** An older version that is in the build: they finish on it. */
  PINNED,
  /** They can't go on: it is not in the build, or it is not what it was. */
  BROKEN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
