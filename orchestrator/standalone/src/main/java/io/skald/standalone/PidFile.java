package io.skald.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process beyond the life of the one that started it.
 *
 * <p>The start time is kept with the pid, and the command line must hold a word of ours where the
 * system shows it: a pid that the system has given to another process since is never taken for our
 * own.
 */
final class PidFile {
  private final Path file;
  private final String mark;

  PidFile(Path file, String mark) {
    this.file = file;
    this.mark = mark;
  }

  void write(ProcessHandle process) throws IOException {
    Instant start = process.info().startInstant().orElseGet(Instant::now);
    Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
    Files.writeString(file, process.pid() + " " + start.toEpochMilli() + "\n");
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The process, if it is still the one that was written and alive. */
  Optional<ProcessHandle> process() {
    List<String> words;
    try {
      words = List.of(Files.readString(file).strip().split(" ", -1));
      if (words.size() != 2) {
        return Optional.empty();
      }
      Instant start = Instant.ofEpochMilli(Long.parseLong(words.get(1)));
      return ProcessHandle.of(Long.parseLong(words.get(0)))
          .filter(Processes::isAlive)
          .filter(process -> Processes.startedAround(process, start))
          .filter(process -> process.info().commandLine().map(this::isMarked).orElse(true));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isMarked(String commandLine) {
    return commandLine.contains(mark);
  }
}
