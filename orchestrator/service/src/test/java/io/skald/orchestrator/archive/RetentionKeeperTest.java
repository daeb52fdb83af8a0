package io.skald.orchestrator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.skald.orchestrator.config.SkaldConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the configuration makes of the archive. */
class RetentionKeeperTest {

  @Test
  void shouldRefuseToDropWithoutACopy_whenNobodySaidSo() {
    assertThatThrownBy(() -> RetentionKeeper.store(archive(Map.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("skald.archive.none=true");
    assertThat(RetentionKeeper.store(archive(Map.of("skald.archive.none", "true")))).isEmpty();
  }

  @Test
  void shouldRefuseTwoArchives() {
    assertThatThrownBy(
            () ->
                RetentionKeeper.store(
                    archive(
                        Map.of(
                            "skald.archive.directory", "/tmp/a",
                            "skald.archive.s3.bucket", "b",
                            "skald.archive.s3.access-key", "k",
                            "skald.archive.s3.secret-key", "s"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one archive");
  }

  @Test
  void shouldUseTheDirectory_whenOneIsNamed() {
    assertThat(RetentionKeeper.store(archive(Map.of("skald.archive.directory", "/tmp/a"))))
        .get()
        .hasToString("/tmp/a");
  }

  private static SkaldConfig.Archive archive(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withMapping(SkaldConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(SkaldConfig.class)
        .archive();
  }
}
