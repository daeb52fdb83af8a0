package io.skald.benchmark.queueing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Figures that no measurement changes. */
final class FixedFigures {

  private FixedFigures() {}

  static Figures figures() {
    return Figures.of(properties());
  }

  static Properties properties() {
    try (InputStream in = FixedFigures.class.getResourceAsStream("fixed.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected fixed.properties on the class path", e);
    }
  }
}
