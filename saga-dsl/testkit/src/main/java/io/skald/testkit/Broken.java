package io.skald.testkit;

import java.io.Serial;

/** A run has broken a law; the one who runs the case adds which case it was, and the story. */
final class Broken extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Law law;

  Broken(Law law, String found) {
    super(found);
    this.law = law;
  }

  static void unless(boolean holds, Law law, String found) {
    if (!holds) {
      throw new Broken(law, found);
    }
  }

  Law law() {
    return law;
  }
}
