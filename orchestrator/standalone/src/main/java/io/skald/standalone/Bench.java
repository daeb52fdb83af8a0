package io.skald.standalone;

import io.skald.standalone.bench.BenchArguments;
import io.skald.standalone.bench.BenchRun;
import io.skald.standalone.bench.Result;
import io.skald.standalone.bench.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./skald bench}: puts orders on a stack of its own, or on one that runs, and prints
 * figures.
 *
 * <p><b>Measured:</b> sagas a second end to end in a closed loop, so many in flight, after a
 * warm-up; for each saga the time from just before the call that starts it until its end, read from
 * {@code saga-events} as any subscriber would; the same for sagas run one at a time; CPU time by
 * process and PostgreSQL's commits and log, over the measured time, for each saga that ended in it;
 * and just before, how many rows the same PostgreSQL commits one by one. Everything is durable as
 * in production: commits wait for the disk, the shop keeps its books.
 *
 * <p><b>Not measured:</b> more than one machine: Kafka, PostgreSQL, orchestrator, shop and this
 * load generator share its processors and disk, and so does whatever else runs on it (printed as
 * "CPU used by others"). One Kafka broker, so no replication. One account, one product and one
 * carrier take all orders, the worst case for the participants' databases. A closed loop slows down
 * with the system, so its latencies say nothing about a fixed rate of arrivals. A state directory
 * that is kept has the sagas of earlier runs; {@code --fresh} begins without.
 */
public final class Bench {
  private final long startedAt = System.nanoTime();

  private Bench() {}

  /** Exit status 1 when there is no result; sagas that went wrong are part of a result. */
  public static void main(String[] words) throws InterruptedException {
    try {
      BenchArguments arguments =
          BenchArguments.parse(words, Up.defaultState(Up.home()).resolve("bench"));
      new Bench().run(arguments);
    } catch (StandaloneException e) {
      System.err.println("skald: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(BenchArguments arguments) throws InterruptedException {
    if (arguments.running().isPresent()) {
      BenchArguments.Running running = arguments.running().get();
      report(
          new BenchRun(
              arguments,
              new Target(
                  running.orchestrator(),
                  running.shop(),
                  running.kafka(),
                  Optional.empty(),
                  Map.of()),
              this::say));
      return;
    }
    Stack stack = Stack.prepare(StackOptions.of(arguments.state(), Up.home()).telling(this::say));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "skald-stop"));
    if (arguments.fresh()) {
      stack.empty();
    }
    stack.startAll();
    stack.postgres().createDatabase("bench");
    report(new BenchRun(arguments, target(stack), this::say));
  }

  private void report(BenchRun run) throws InterruptedException {
    Result result = run.run();
    System.out.println();
    System.out.print(result.table());
    System.out.println();
    System.out.println(result.json());
    System.out.flush();
    result.arguments().json().ifPresent(file -> write(file, result.json()));
  }

  private static Target target(Stack stack) {
    PostgresNode postgres = stack.postgres();
    Map<String, ProcessHandle> processes = new HashMap<>();
    for (ServiceProcess service :
        new ServiceProcess[] {stack.kafka(), stack.orchestrator(), stack.shop()}) {
      ProcessHandle.of(service.pid()).ifPresent(process -> processes.put(service.name(), process));
    }
    postgres.process().ifPresent(process -> processes.put("postgres", process));
    return new Target(
        stack.orchestratorUrl(),
        stack.shopUrl(),
        stack.bootstrapServers(),
        Optional.of(
            new Target.Databases(
                postgres.jdbcUrl("skald"),
                postgres.jdbcUrl("bench"),
                postgres.username(),
                postgres.password())),
        processes);
  }

  private static void write(Path file, String json) {
    try {
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new StandaloneException("Expected to write " + file + ", but: " + e, e);
    }
  }

  private void say(String text) {
    System.out.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - startedAt) / 1e9, text);
    System.out.flush();
  }
}
