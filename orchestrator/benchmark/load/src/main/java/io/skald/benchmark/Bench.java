package io.skald.benchmark;

import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * {@code ./skald bench}: puts sagas on a stack of its own, or on one that runs, and prints figures.
 * docs/performance.md says what is measured and what is not.
 */
public final class Bench {
  private final long startedAt = System.nanoTime();

  private Bench() {}

  /** Exit status 1 when there is no result; sagas that went wrong are part of a result. */
  public static void main(String[] words) throws InterruptedException {
    try {
      Path home = Path.of(System.getProperty("skald.home", "")).toAbsolutePath().normalize();
      new Bench().run(BenchArguments.parse(words, home.resolve(".skald").resolve("bench")), home);
    } catch (StandaloneException e) {
      System.err.println("skald: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(BenchArguments arguments, Path home) throws InterruptedException {
    if (arguments.running().isPresent()) {
      BenchArguments.Running running = arguments.running().get();
      report(
          new BenchRun(
              arguments,
              new Target.Running(List.of(running.orchestrator()), running.shop(), running.kafka()),
              home,
              this::say));
      return;
    }
    OwnStack stack = OwnStack.prepare(arguments, home, this::say);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "skald-stop"));
    stack.start(arguments);
    report(new BenchRun(arguments, stack, home, this::say));
  }

  private void report(BenchRun run) throws InterruptedException {
    Result result = run.run();
    String json = ResultJson.of(result);
    System.out.println();
    System.out.print(ResultTable.of(result));
    System.out.println();
    System.out.println(json);
    System.out.flush();
    BenchArguments.Output output = result.arguments().output();
    output.json().ifPresent(file -> write(file, json + "\n"));
    if (output.report().isPresent() || output.charts().isPresent()) {
      draw(result, output);
    }
  }

  private void draw(Result result, BenchArguments.Output output) {
    System.setProperty("java.awt.headless", "true");
    try {
      Map<String, Chart<?, ?>> charts = Charts.of(result);
      output.report().ifPresent(file -> write(file, Report.of(result, charts)));
      if (output.charts().isPresent()) {
        Charts.png(charts, output.charts().get());
      }
    } catch (IOException | LinkageError | InternalError e) {
      // Java draws with the system's fonts; a machine without any still has its figures.
      throw new StandaloneException("Expected to draw charts, but: " + e, e);
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
