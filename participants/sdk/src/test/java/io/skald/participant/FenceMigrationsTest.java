package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FenceMigrationsTest {

  @Test
  void shouldListEveryScript_whenItLiesInItsFolder() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/resources").resolve(FenceMigrations.FOLDER))) {
      assertThat(FenceMigrations.FILES)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
