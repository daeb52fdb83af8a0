package io.skald.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The project's documents, from wherever in it the tests are run. */
public final class Docs {

  private Docs() {}

  public static Path file(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs").resolve(name))) {
      folder = Objects.requireNonNull(folder.getParent(), () -> "no docs/" + name);
    }
    return folder.resolve("docs").resolve(name);
  }

  public static String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
