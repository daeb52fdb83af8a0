package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionsTest {

  @Test
  void shouldNotKnowTheRevision_whenThisIsNoCheckout(@TempDir Path directory) throws Exception {
    assertThat(Versions.revision(directory)).isEmpty();
    assertThat(Versions.revision(directory.resolve("nowhere"))).isEmpty();
  }

  @Test
  void shouldNameWhatIsKnown() {
    assertThat(new Versions(Optional.empty(), Optional.of("4.9"), Optional.of("18.9")).text())
        .isEqualTo("Kafka 4.9, PostgreSQL 18.9");
  }
}
