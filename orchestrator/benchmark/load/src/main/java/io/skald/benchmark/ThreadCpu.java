package io.skald.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of this process's threads by what they do here: the load generator shares the machine.
 */
final class ThreadCpu {
  private static final double NANOS_PER_MILLI = 1e6;

  private ThreadCpu() {}

  /** Milliseconds so far; threads that have ended are not in it. */
  static Map<String, Double> millis() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Double> byPart = new TreeMap<>();
    for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null) {
        long nanos = threads.getThreadCpuTime(info.getThreadId());
        byPart.merge(part(info.getThreadName()), Math.max(0, nanos) / NANOS_PER_MILLI, Double::sum);
      }
    }
    return byPart;
  }

  /** By the thread's name: a Kafka client's thread bears the client's id. */
  static String part(String thread) {
    if (thread.contains(TrivialParticipants.NAME)) {
      return "participants";
    }
    if (thread.contains(Generator.NAME)
        || thread.contains("bench-http")
        || thread.startsWith("HttpClient")) {
      return "generator";
    }
    return thread.contains("bench-endings") ? "endings" : "rest";
  }
}
