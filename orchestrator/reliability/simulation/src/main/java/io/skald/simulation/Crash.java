package io.skald.simulation;

/** A process dies at this point: everything that it has in memory is gone. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super(where, null, false, false);
  }
}
