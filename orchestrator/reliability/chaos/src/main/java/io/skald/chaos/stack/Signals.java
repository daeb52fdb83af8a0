package io.skald.chaos.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stops processes where they stand, and lets them go on. */
final class Signals {

  private Signals() {}

  /** SIGSTOP to a process and all that come from it. */
  static void freeze(ProcessHandle process) {
    send("-STOP", process);
  }

  /** SIGCONT to the same. */
  static void thaw(ProcessHandle process) {
    send("-CONT", process);
  }

  private static void send(String signal, ProcessHandle process) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    Stream.concat(Stream.of(process), process.descendants())
        .map(one -> Long.toString(one.pid()))
        .forEach(command::add);
    try {
      // Its status does not matter: one that has ended meanwhile needs no signal.
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
