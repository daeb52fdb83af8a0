package io.skald.benchmark;

import io.skald.standalone.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What was measured, as its parts call themselves; what can't be asked is absent.
 *
 * @param skald the revision of the source, with {@code -dirty} when files have been changed since
 * @param kafka of the embedded broker; of another one the version of the metadata that its brokers
 *     have agreed on
 */
record Versions(Optional<String> skald, Optional<String> kafka, Optional<String> postgres) {

  private static final String METADATA = "metadata.version";
  private static final int SECONDS = 10;

  /**
   * @param home Skald's source, whose git is asked
   */
  static Versions of(Target target, Path home, Progress progress) throws InterruptedException {
    return new Versions(revision(home), kafka(target, progress), postgres(target, progress));
  }

  /** By what to call each part, in the order in which to name them. */
  Map<String, String> byName() {
    Map<String, String> named = new LinkedHashMap<>();
    skald.ifPresent(version -> named.put("Skald", version));
    kafka.ifPresent(version -> named.put("Kafka", version));
    postgres.ifPresent(version -> named.put("PostgreSQL", version));
    return named;
  }

  /** For people. */
  String text() {
    return String.join(
        ", ",
        byName().entrySet().stream().map(part -> part.getKey() + " " + part.getValue()).toList());
  }

  /** Empty when this is no checkout, or there is no git. */
  static Optional<String> revision(Path home) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
    } catch (IOException noGit) {
      return Optional.empty();
    }
  }

  /** The bench's own broker is of the same version as its client. */
  private static Optional<String> kafka(Target target, Progress progress)
      throws InterruptedException {
    return target.postgres().isPresent()
        ? Optional.of(AppInfoParser.getVersion())
        : metadata(target.kafka(), progress);
  }

  private static Optional<String> metadata(String kafka, Progress progress)
      throws InterruptedException {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      return Optional.ofNullable(
              admin
                  .describeFeatures()
                  .featureMetadata()
                  .get(SECONDS, TimeUnit.SECONDS)
                  .finalizedFeatures()
                  .get(METADATA))
          .map(FinalizedVersionRange::maxVersionLevel)
          .map(level -> METADATA + " " + MetadataVersion.fromFeatureLevel(level));
    } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
      progress.say("Kafka's version could not be asked for: " + e);
      return Optional.empty();
    }
  }

  private static Optional<String> postgres(Target target, Progress progress) {
    if (target.postgres().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PostgresCounters.version(target.postgres().get()));
    } catch (SQLException e) {
      progress.say("PostgreSQL's version could not be asked for: " + e);
      return Optional.empty();
    }
  }
}
