package io.skald.simulation;

/** A fingerprint of all that happened: two runs with the same one were the same run. */
final class Trace {

  private long hash = 0xcbf29ce484222325L;

  void add(long value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
  }

  void add(String text) {
    add(text.hashCode());
  }

  long hash() {
    return hash;
  }
}
