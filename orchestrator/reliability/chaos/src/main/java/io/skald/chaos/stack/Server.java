package io.skald.chaos.stack;

import java.util.Locale;

/** What every process of Skald needs. */
public enum Server {
  KAFKA,
  POSTGRES;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
