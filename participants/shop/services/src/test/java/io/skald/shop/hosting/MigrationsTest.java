package io.skald.shop.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MigrationsTest {

  @Test
  void shouldListEveryScript_whenItLiesInTheFolderOfAParticipant() throws IOException {
    for (var scripts : Migrations.scripts().entrySet()) {
      Path folder = Path.of("src/main/resources/db", scripts.getKey().wireName());
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(scripts.getValue())
            .as("scripts of %s", folder)
            .containsExactlyInAnyOrderElementsOf(
                files.map(file -> file.getFileName().toString()).toList());
      }
    }
  }
}
