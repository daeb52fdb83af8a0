package io.skald.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ServiceProcess} runs.
 *
 * @param name for messages, the log file and the pid file; unique in its state directory
 * @param command program and arguments
 * @param environment set on top of this process's own
 * @param address where it can be reached
 * @param health asked until it is up
 * @param stateDir gets {@code logs/<name>.log} and {@code run/<name>.pid}, and is the working
 *     directory
 * @param mark a word of the command that tells this process from a stranger's
 */
public record ServiceSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    URI address,
    Health health,
    Path stateDir,
    String mark) {

  public ServiceSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.stream().noneMatch(word -> word.contains(mark))) {
      throw new IllegalArgumentException(
          "Expected the command of '" + name + "' to contain its mark " + mark + ": " + command);
    }
  }

  /** Output and errors of the process, one run after the other. */
  public Path log() {
    return stateDir.resolve("logs").resolve(name + ".log");
  }

  PidFile pidFile() {
    return new PidFile(stateDir.resolve("run").resolve(name + ".pid"), mark);
  }
}
