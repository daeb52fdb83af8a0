package io.skald.checker;

/** One thing that must hold of every history. Stateless: usable from any thread. */
interface Rule {

  /** Its name, for people. */
  String name();

  /** Looks for what breaks it. */
  void check(Evidence evidence, Findings findings);
}
