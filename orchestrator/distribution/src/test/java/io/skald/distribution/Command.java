package io.skald.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Programs of the system. */
final class Command {

  private Command() {}

  /**
   * @param output both streams
   */
  record Result(int status, String output) {}

  static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Runs a program to its end. */
  static Result run(String... words) throws IOException, InterruptedException {
    return run(Path.of("."), List.of(words));
  }

  static Result run(Path directory, List<String> words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Runs a program that has to end well. */
  static void runWell(Path directory, String... words) throws IOException, InterruptedException {
    Result result = run(directory, List.of(words));
    if (result.status() != 0) {
      throw new IllegalStateException(
          "Expected " + String.join(" ", words) + " to end well, but: " + result);
    }
  }
}
