package io.skald.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM has kept of an earlier run of an application, so that the next one loads, links and
 * profiles less: an AOT cache (JEP 483, 514, 515), made by {@link AotTraining}.
 *
 * <p>It holds for the same Java, the same jars unchanged since, and the same options that concern
 * modules; the JVM checks that, and goes on without a cache that does not fit. The application is
 * then started by its class path and not by {@code quarkus-run.jar}: classes of a loader of
 * Quarkus' own can't be linked ahead. So which jars there are must be what it was, and that is what
 * {@code quarkus-application.dat} tells, of which a copy lies beside the cache.
 *
 * @param application the directory with {@code quarkus-run.jar}
 * @param directory of the cache
 */
public record AotCache(Path application, Path directory) {
  private static final int SINCE = 25;
  private static final String MAIN = "io.quarkus.runner.GeneratedMain";

  /** As the manifest of {@code quarkus-run.jar} says it, and {@link JavaCommand}. */
  private static final List<String> MODULES =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
          JavaCommand.NATIVE_ACCESS);

  /** That of an application, among the user's caches; {@code bin/launch.sh} looks there too. */
  static AotCache of(Path application) {
    Path absolute = application.toAbsolutePath().normalize();
    return new AotCache(
        absolute,
        UserCache.directory().resolve("aot").resolve(absolute.toString().replace('/', '_')));
  }

  /** Whether the Java that runs this JVM makes and reads such caches. */
  static boolean isSupported() {
    return Runtime.version().feature() >= SINCE;
  }

  /** The cache itself. */
  Path file() {
    return directory.resolve("app.aot");
  }

  /**
   * The words of a command line with which it was made, up to the main class; a file that {@code
   * java} takes as {@code @FILE}.
   */
  Path options() {
    return directory.resolve("app.aot.options");
  }

  /**
   * The words of a command line that start the application with the cache; absent when there is
   * none, it is older than the application, or this Java can't use it.
   */
  Optional<List<String>> launch() {
    boolean usable =
        isSupported()
            && Files.isRegularFile(file())
            && Files.isRegularFile(options())
            && modified(file()) >= modified(application.resolve("quarkus-run.jar"))
            && isOfTheSameJars();
    return usable
        ? Optional.of(List.of("-XX:AOTCache=" + file(), "@" + options()))
        : Optional.empty();
  }

  private boolean isOfTheSameJars() {
    try {
      return Files.mismatch(jarsThen(), jarsNow()) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Path jarsThen() {
    return directory.resolve("app.aot.dat");
  }

  private Path jarsNow() {
    return application.resolve("quarkus").resolve("quarkus-application.dat");
  }

  /** Those that start it and record what a cache is made of, when the process ends in order. */
  List<String> record() {
    return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording(), "@" + options());
  }

  /** Those that make the cache of what was recorded, and start nothing. */
  List<String> create() {
    return List.of(
        "-XX:AOTMode=create",
        "-XX:AOTConfiguration=" + recording(),
        "-XX:AOTCache=" + file(),
        "@" + options());
  }

  /** Removes an earlier cache and writes down how the next one is to be started. */
  void prepare() throws IOException {
    Files.createDirectories(directory);
    discard();
    List<String> words = new ArrayList<>(MODULES);
    words.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    words.add("-cp");
    words.add('"' + classPath().replace("\\", "\\\\") + '"');
    words.add(MAIN);
    Files.write(options(), words);
    Files.copy(jarsNow(), jarsThen(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets what was recorded; the cache does not need it. */
  void tidy() throws IOException {
    Files.deleteIfExists(recording());
  }

  private void discard() throws IOException {
    tidy();
    Files.deleteIfExists(file());
    Files.deleteIfExists(options());
  }

  long bytes() {
    return Trees.bytes(file()) + Trees.bytes(options());
  }

  /** What Quarkus has made at build time comes first, for it replaces classes of the libraries. */
  private String classPath() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String part : List.of("quarkus", "app", "lib/boot", "lib/main")) {
      try (Stream<Path> files = Files.list(application.resolve(part))) {
        files
            .filter(file -> file.toString().endsWith(".jar"))
            .sorted((a, b) -> b.compareTo(a))
            .forEach(jars::add);
      }
    }
    return jars.stream()
        .map(Path::toString)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  /** Of the JVM that makes the cache. */
  Path log() {
    return directory.resolve("app.aot.log");
  }

  private Path recording() {
    return directory.resolve("app.aot.recording");
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
