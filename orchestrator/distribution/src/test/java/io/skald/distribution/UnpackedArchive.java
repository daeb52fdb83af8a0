package io.skald.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The archive that this build has made, unpacked where nobody may write, and an ordinary user to
 * run it: whoever runs the test, or nobody in place of root, who may write everywhere.
 */
final class UnpackedArchive implements AutoCloseable {

  /** Debian's nobody and nogroup, and most others'. */
  private static final int NOBODY = 65_534;

  /** More than any of its commands takes on a machine that is busy. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Path root;
  private final Path home;

  private UnpackedArchive(Path root, Path home) {
    this.root = root;
    this.home = home;
  }

  static Path file() {
    return Path.of(System.getProperty("skald.archive"));
  }

  static UnpackedArchive unpack() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("skald-archive");
    // Its parents too have to be open to nobody, which those of the build need not be.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Command.runWell(root, "tar", "-xzf", file().toString());
    Path home;
    try (var directories = Files.list(root)) {
      home = directories.findFirst().orElseThrow();
    }
    Command.runWell(root, "chmod", "-R", "a-w", home.toString());
    Path state = Files.createDirectory(root.resolve("state"));
    if (isRoot()) {
      Command.runWell(root, "chown", NOBODY + ":" + NOBODY, state.toString());
    }
    return new UnpackedArchive(root, home);
  }

  /** Holds all that follows. */
  Path root() {
    return root;
  }

  /** The one directory that the archive holds. */
  Path home() {
    return home;
  }

  /** Where the ordinary user may write. */
  Path state() {
    return root.resolve("state");
  }

  /** Runs its script as {@link #start} does, to its end. */
  Command.Result run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(root, "run", ".log");
    Process process = start(output, environment, words);
    if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("Expected it to end: " + Files.readString(output));
    }
    return new Command.Result(process.exitValue(), Files.readString(output));
  }

  /**
   * Starts its script as that user.
   *
   * @param environment nothing else is in it, but where programs, Java and the user's home are
   */
  Process start(Path output, Map<String, String> environment, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    command.add(home.resolve("bin/skald").toString());
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(state().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("PATH", System.getenv("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("HOME", state().toString());
    variables.putAll(environment);
    return builder.start();
  }

  /** What is in the archive's directory, as names below it. */
  List<String> files() throws IOException {
    try (var files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Whether all files are there and are what {@code SHA256SUMS} says, and there are no others. */
  void verify() throws IOException, InterruptedException {
    Command.runWell(home, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
    List<String> listed =
        Files.readAllLines(home.resolve("SHA256SUMS")).stream()
            .map(line -> line.substring(line.indexOf('*') + 1))
            .toList();
    List<String> others = new ArrayList<>(files());
    others.removeAll(listed);
    if (!others.equals(List.of("SHA256SUMS"))) {
      throw new IllegalStateException(
          "Expected SHA256SUMS to list all files but itself: " + others);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Command.runWell(root, "chmod", "-R", "u+w", home.toString());
    Command.runWell(Path.of("/"), "rm", "-rf", root.toString());
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
