package io.skald.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Processes that need not be children of this one. */
final class Processes {
  private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

  private Processes() {}

  /**
   * Whether a process is there and does something. One that has ended, but that nobody has waited
   * for, is not alive: containers often have a first process that never does.
   */
  static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  /** Waits until none is alive; false when the time was up, or this thread was interrupted. */
  static boolean awaitGone(Collection<ProcessHandle> processes, Duration timeout) {
    return Poll.until(timeout, () -> processes.stream().noneMatch(Processes::isAlive));
  }

  /**
   * Whether a process started at about that time: if not, its pid has been given to another one.
   * Systems round the start differently, hence a few seconds of tolerance.
   */
  static boolean startedAround(ProcessHandle process, Instant expected) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, expected).abs().compareTo(START_TOLERANCE) <= 0)
        .orElse(false);
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // "pid (name) state …", and the name may hold anything.
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }
}
