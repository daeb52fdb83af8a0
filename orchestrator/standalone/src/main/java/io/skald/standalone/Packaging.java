package io.skald.standalone;

/** In which of its forms a service runs. */
public enum Packaging {
  /** Jars on a JVM. */
  JVM,
  /**
   * Jars on a JVM, which takes what it can from an {@link AotCache}; without one, as {@link #JVM}.
   */
  AOT,
  /** A native executable. */
  NATIVE
}
