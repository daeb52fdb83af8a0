package io.skald.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * CPU time of processes and their descendants, of this process, and of the whole machine, from
 * {@code /proc}; nothing where there is none.
 */
final class CpuClock {
  /** The unit of /proc, the same on all of Linux' usual platforms. */
  private static final double MILLIS_PER_TICK = 10.0;

  private static final String BENCH = "bench";

  private final Supplier<Map<String, ProcessHandle>> stack;

  /**
   * One look at the clock.
   *
   * @param byProcess CPU time so far
   * @param benchParts that of the bench by what its threads do
   * @param machineBusy of all processors together, whoever used it
   */
  record Reading(
      Map<String, Double> byProcess, Map<String, Double> benchParts, double machineBusy, long at) {}

  /**
   * What lies between two looks, all in milliseconds.
   *
   * @param benchParts of the bench's own time, what its threads used it for
   * @param others of processors' time, what neither the stack nor the bench used
   */
  record Used(
      Map<String, Double> byProcess,
      Map<String, Double> benchParts,
      double others,
      double elapsed) {}

  /**
   * @param stack the first process of each part, by name, as of now
   */
  CpuClock(Supplier<Map<String, ProcessHandle>> stack) {
    this.stack = stack;
  }

  Optional<Reading> read() {
    Map<String, ProcessHandle> roots = new TreeMap<>(stack.get());
    if (roots.isEmpty() || !Files.isReadable(Path.of("/proc/self/stat"))) {
      return Optional.empty();
    }
    roots.put(BENCH, ProcessHandle.current());
    try {
      Map<String, Double> used = new TreeMap<>();
      for (Map.Entry<String, ProcessHandle> root : roots.entrySet()) {
        // The stack's processes are children of this one, so its tree is itself alone.
        Stream<ProcessHandle> tree =
            root.getKey().equals(BENCH)
                ? Stream.of(root.getValue())
                : Stream.concat(Stream.of(root.getValue()), root.getValue().descendants());
        boolean withEnded = !root.getKey().equals(BENCH);
        used.put(root.getKey(), tree.mapToDouble(p -> millisOf(p.pid(), withEnded)).sum());
      }
      return Optional.of(
          new Reading(used, ThreadCpu.millis(), machineBusyMillis(), System.nanoTime()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Used between(Reading from, Reading to) {
    Map<String, Double> used = difference(from.byProcess(), to.byProcess());
    double ours = used.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Used(
        used,
        difference(from.benchParts(), to.benchParts()),
        Math.max(0, to.machineBusy() - from.machineBusy() - ours),
        (to.at() - from.at()) / 1e6);
  }

  private static Map<String, Double> difference(Map<String, Double> from, Map<String, Double> to) {
    Map<String, Double> difference = new TreeMap<>();
    to.forEach((name, at) -> difference.put(name, at - from.getOrDefault(name, at)));
    return difference;
  }

  private static double millisOf(long pid, boolean withEnded) {
    try {
      return millis(Files.readString(Path.of("/proc", Long.toString(pid), "stat")), withEnded);
    } catch (IOException ended) {
      return 0;
    }
  }

  /**
   * User and system time out of a {@code stat} line.
   *
   * @param withEnded whether to add that of children that have ended
   */
  static double millis(String stat, boolean withEnded) {
    // "pid (name) state …", and the name may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    int userTime = 11;
    int count = withEnded ? 4 : 2;
    double ticks = 0;
    for (int i = userTime; i < userTime + count; i++) {
      ticks += Long.parseLong(fields[i].strip());
    }
    return ticks * MILLIS_PER_TICK;
  }

  private static double machineBusyMillis() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return busyMillis(lines.findFirst().orElse(""));
    }
  }

  /** User, nice, system, irq and softirq time out of the first line of {@code /proc/stat}. */
  static double busyMillis(String line) {
    String[] fields = line.strip().split(" +");
    double ticks = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks * MILLIS_PER_TICK;
  }
}
