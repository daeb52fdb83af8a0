package io.skald.benchmark;

import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the system says of a process, on Linux. */
final class ProcessFigures {
  private static final double KB_PER_MB = 1000 / 1.024;

  private ProcessFigures() {}

  /**
   * What it holds in memory now, its part of what it shares with others included; in millions of
   * bytes.
   */
  static double residentMegabytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / KB_PER_MB;
        }
      }
    } catch (IOException e) {
      throw new StandaloneException("Expected to read the memory of process " + pid, e);
    }
    throw new StandaloneException("Expected the memory of process " + pid + ", but it has none");
  }

  /** Of all processors together since it began. */
  static double cpuSeconds(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toMillis()
        / 1e3;
  }
}
