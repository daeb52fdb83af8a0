package io.skald.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service's process runs: a Quarkus application on the Java that runs this JVM, or an
 * executable. Values; whether the files are there is asked when a process is started.
 */
public sealed interface Program {

  /** The file without which there is no program. */
  Path file();

  /** Whether all that it needs is there. */
  default boolean isBuilt() {
    return Files.isRegularFile(file());
  }

  /** What to do when it is not built, as a sentence goes on. */
  String remedy();

  /**
   * Program and arguments, to be run now.
   *
   * @param mark a word by which the process can be told from a stranger's
   * @param name of the service
   */
  List<String> command(String mark, String name);

  /** How much disk it takes, in bytes; what is not there takes none. */
  long bytes();

  /** An application's {@code quarkus-run.jar}, without an AOT cache, even if there is one. */
  static Program jar(Path file) {
    return new Jar(file, Optional.empty());
  }

  /**
   * The same with its AOT cache, if {@link AotTraining} has made one and it is of use to this Java.
   */
  static Program jarWithCache(Path file) {
    return new Jar(file, Optional.of(AotCache.of(file.toAbsolutePath().resolveSibling(""))));
  }

  /**
   * The application of that jar, which records on its way what {@link AotTraining} makes a cache
   * of.
   */
  static Program recording(AotCache cache) {
    return new Recording(cache);
  }

  /** A native executable. */
  static Program executable(Path file) {
    return new Executable(file);
  }

  /** What Maven has built of a module. */
  static Program of(Path module, Packaging packaging) {
    Path target = module.resolve("target");
    return in(target.resolve("quarkus-app"), target, packaging);
  }

  /**
   * What is there of a service.
   *
   * @param application the directory with {@code quarkus-run.jar}
   * @param executables that with an executable, whose name ends with {@code -runner}
   */
  static Program in(Path application, Path executables, Packaging packaging) {
    Path jar = application.resolve("quarkus-run.jar");
    return switch (packaging) {
      case JVM -> jar(jar);
      case AOT -> jarWithCache(jar);
      case NATIVE -> executable(newestRunner(executables));
    };
  }

  private static Path newestRunner(Path target) {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        return files
            .filter(file -> file.getFileName().toString().endsWith("-runner"))
            .max(Comparator.comparing(file -> file.toFile().lastModified()))
            .orElse(target.resolve("*-runner"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return target.resolve("*-runner");
  }

  /**
   * An application of jars.
   *
   * @param file its {@code quarkus-run.jar}
   * @param cache used when it can be
   */
  record Jar(Path file, Optional<AotCache> cache) implements Program {

    public Jar {
      file = file.toAbsolutePath().normalize();
    }

    /** Whether its next start takes from the cache; without, it starts all the same. */
    public boolean startsFromCache() {
      return cache.flatMap(AotCache::launch).isPresent();
    }

    @Override
    public String remedy() {
      return isBuilt()
          ? "'./skald aot' makes its AOT cache, with Java 25 or newer"
          : "'./mvnw package' builds it";
    }

    @Override
    public List<String> command(String mark, String name) {
      return cache
          .flatMap(AotCache::launch)
          .map(words -> JavaCommand.application(mark, name, words))
          .orElseGet(() -> JavaCommand.jar(file, mark, name));
    }

    @Override
    public long bytes() {
      return Trees.bytes(file.resolveSibling("")) + cache.map(AotCache::bytes).orElse(0L);
    }
  }

  /**
   * An application that is watched.
   *
   * @param cache what is to come of it
   */
  record Recording(AotCache cache) implements Program {

    @Override
    public Path file() {
      return cache.application().resolve("quarkus-run.jar");
    }

    @Override
    public String remedy() {
      return jar(file()).remedy();
    }

    @Override
    public List<String> command(String mark, String name) {
      return JavaCommand.application(mark, name, cache.record());
    }

    @Override
    public long bytes() {
      return jar(file()).bytes();
    }
  }

  /**
   * A native executable.
   *
   * @param file the executable itself
   */
  record Executable(Path file) implements Program {

    public Executable {
      file = file.toAbsolutePath().normalize();
    }

    @Override
    public String remedy() {
      return "'./mvnw package -Pnative' builds it, with GraalVM or Mandrel 25 in GRAALVM_HOME";
    }

    /** Its runtime takes these options, as a JVM does, from any place of the command line. */
    @Override
    public List<String> command(String mark, String name) {
      List<String> command = new ArrayList<>();
      command.add(file.toString());
      command.add(mark);
      command.addAll(JavaCommand.SERVICE_MEMORY);
      command.add(JavaCommand.service(name));
      return command;
    }

    @Override
    public long bytes() {
      return Trees.bytes(file);
    }
  }
}
