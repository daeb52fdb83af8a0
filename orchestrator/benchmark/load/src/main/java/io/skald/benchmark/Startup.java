package io.skald.benchmark;

import io.skald.standalone.Packaging;
import io.skald.standalone.Program;
import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code ./skald bench startup}: orchestrator and shop as jars, as jars with an AOT cache and as
 * native executables, side by side. docs/performance.md says how it is measured.
 */
public final class Startup {
  private static final double MEGABYTE = 1_000_000;

  private final long startedAt = System.nanoTime();
  private final Path home;

  private Startup(Path home) {
    this.home = home;
  }

  /** Exit status 1, with one sentence, when there are no figures. */
  public static void main(String[] words) throws InterruptedException {
    try {
      Path home = Path.of(System.getProperty("skald.home", "")).toAbsolutePath().normalize();
      new Startup(home)
          .run(StartupArguments.parse(words, home.resolve(".skald").resolve("startup")));
    } catch (StandaloneException e) {
      System.err.println("skald: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(StartupArguments asked) throws InterruptedException {
    StartupArguments arguments = asked.measuring(built(asked.programs()));
    StartupStack stack = StartupStack.prepare(arguments.state(), home, this::say);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "skald-stop"));
    stack.start(arguments.programs());
    StartupResult result =
        new StartupResult(
            Machine.now(), bytes(Path.of(System.getProperty("java.home"))), arguments.text());
    arguments.programs().forEach(program -> size(program, result));
    new StartupRun(arguments, stack, home, this::say, result).run();
    System.out.println();
    System.out.print(result.table());
    System.out.println();
    System.out.println(result.json());
    System.out.flush();
    arguments.json().ifPresent(file -> write(file, result.json() + "\n"));
  }

  /** Those that are there; of the others it says how they are made. */
  private List<Packaging> built(List<Packaging> wanted) {
    List<Packaging> built = new ArrayList<>();
    for (Packaging packaging : wanted) {
      List<Program> missing =
          Stream.of(StartupStack.orchestrator(home, packaging), StartupStack.shop(home, packaging))
              .filter(program -> !canBeMeasured(packaging, program))
              .toList();
      if (missing.isEmpty()) {
        built.add(packaging);
      } else {
        say(
            "Left out: %s (%s: %s)"
                .formatted(
                    Flags.lower(packaging),
                    missing.getFirst().file(),
                    missing.getFirst().remedy()));
      }
    }
    if (built.isEmpty()) {
      throw new StandaloneException("Expected a program to measure, but none of them is there");
    }
    return built;
  }

  private static boolean canBeMeasured(Packaging packaging, Program program) {
    return program.isBuilt()
        && (packaging != Packaging.AOT
            || (program instanceof Program.Jar jar && jar.startsFromCache()));
  }

  private void size(Packaging packaging, StartupResult result) {
    result.add(
        packaging,
        StartupFigure.ORCHESTRATOR_DISK,
        StartupStack.orchestrator(home, packaging).bytes() / MEGABYTE);
    result.add(
        packaging, StartupFigure.SHOP_DISK, StartupStack.shop(home, packaging).bytes() / MEGABYTE);
  }

  private static long bytes(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new StandaloneException("Expected to look into " + directory + ", but: " + e, e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new StandaloneException("Expected to write " + file + ", but: " + e, e);
    }
  }

  private void say(String text) {
    System.out.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - startedAt) / 1e9, text);
    System.out.flush();
  }
}
