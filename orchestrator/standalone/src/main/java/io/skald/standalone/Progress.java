package io.skald.standalone;

/** Told what happens while the stack starts, runs and stops. Called from several threads. */
@FunctionalInterface
public interface Progress {

  /** One line for a person, without a line feed. */
  void say(String line);

  /** Tells nobody. */
  static Progress quiet() {
    return line -> {};
  }
}
