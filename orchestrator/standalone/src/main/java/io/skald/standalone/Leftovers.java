package io.skald.standalone;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes of a state directory whose launcher was killed: they run on without it, and would hold
 * the ports and the data that the next start needs.
 */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Leftovers() {}

  /**
   * Ends them: services before the Kafka that they talk to, PostgreSQL last. Only call it while
   * holding the {@link StateLock}.
   *
   * @return whether there were any
   */
  static boolean end(Path stateDir, Path postgresData, Progress progress) throws IOException {
    List<ProcessHandle> services = new ArrayList<>();
    List<ProcessHandle> kafka = new ArrayList<>();
    List<Path> pidFiles = pidFiles(stateDir.resolve("run"));
    for (Path file : pidFiles) {
      boolean isKafka = file.endsWith(Stack.KAFKA + ".pid");
      new PidFile(file, Stack.mark(stateDir))
          .process()
          .ifPresent((isKafka ? kafka : services)::add);
    }
    if (!services.isEmpty() || !kafka.isEmpty()) {
      progress.say(
          "Ending " + (services.size() + kafka.size()) + " processes that a killed launcher left");
    }
    end(services);
    end(kafka);
    Optional<Postmaster> postmaster = Postmaster.of(postgresData);
    postmaster.ifPresent(Postmaster::stop);
    for (Path file : pidFiles) {
      Files.deleteIfExists(file);
    }
    return !services.isEmpty() || !kafka.isEmpty() || postmaster.isPresent();
  }

  private static List<Path> pidFiles(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.pid")) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroy);
    if (!Processes.awaitGone(processes, PATIENCE)) {
      processes.forEach(ProcessHandle::destroyForcibly);
      Processes.awaitGone(processes, PATIENCE);
    }
  }
}
