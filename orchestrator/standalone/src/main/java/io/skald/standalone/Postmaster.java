package io.skald.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The main PostgreSQL process of one data directory, found by the {@code postmaster.pid} in it. */
final class Postmaster {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final ProcessHandle process;

  private Postmaster(ProcessHandle process) {
    this.process = process;
  }

  /**
   * The running postmaster of a data directory. A pid file whose process is gone, or whose pid now
   * belongs to some other process, is none.
   */
  static Optional<Postmaster> of(Path dataDir) {
    List<String> lines;
    try {
      lines = Files.readAllLines(dataDir.resolve("postmaster.pid"));
    } catch (IOException e) {
      return Optional.empty();
    }
    if (lines.size() < 3) {
      return Optional.empty();
    }
    try {
      Instant written = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(Processes::isAlive)
          .filter(candidate -> Processes.startedAround(candidate, written))
          .map(Postmaster::new);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * Stops the fast way: clients are cut off, the data directory is left clean. After 15 s it is
   * killed, which PostgreSQL recovers from at its next start.
   */
  void stop() {
    if (PostgresBinaries.isWindows()
        || !interrupt()
        || !Processes.awaitGone(List.of(process), STOP_TIMEOUT)) {
      kill();
    }
  }

  /** SIGKILL to the postmaster and all its children, and waits until they are gone. */
  void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    // The postmaster first: alive, it would start new children for those that die.
    all.add(0, process);
    all.forEach(ProcessHandle::destroyForcibly);
    Processes.awaitGone(all, STOP_TIMEOUT);
  }

  /** SIGTERM, all that Java can send, would wait for the clients to leave. */
  private boolean interrupt() {
    try {
      return new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
