package io.skald.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.standalone.Progress;
import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run against a stack that is up: yardstick, load, lone sagas, books. */
public final class BenchRun {
  private static final Duration YARDSTICK = Duration.ofSeconds(5);
  private static final Duration BOOKS_TIMEOUT = Duration.ofSeconds(60);

  private final BenchArguments arguments;
  private final Target target;
  private final Progress progress;
  private final CpuClock clock;

  private Optional<CpuClock.Reading> cpuAtStart = Optional.empty();
  private Optional<CpuClock.Used> cpu = Optional.empty();
  private @Nullable PostgresCounters countedAtStart;
  private Optional<PostgresCounters> counted = Optional.empty();

  public BenchRun(BenchArguments arguments, Target target, Progress progress) {
    this.arguments = arguments;
    this.target = target;
    this.progress = progress;
    this.clock = new CpuClock(target.processes());
  }

  /**
   * Takes as long as the arguments say, and some seconds more.
   *
   * @throws StandaloneException when the stack can't be reached; sagas that fail are figures
   */
  public Result run() throws InterruptedException {
    OptionalDouble yardstick = yardstick();
    Completions completions = new Completions();
    try (EndingsWatch watch = EndingsWatch.start(target.kafka(), completions);
        Starter starter = starter()) {
      Load load = new Load(starter, completions, arguments.profile(), progress);
      progress.say(
          "Load: %d in flight, %d s of warm-up, then %d s"
              .formatted(
                  arguments.inFlight(),
                  arguments.warmUp().toSeconds(),
                  arguments.measured().toSeconds()));
      Latencies.Summary underLoad =
          load.closedLoop(
              arguments.inFlight(),
              arguments.warmUp(),
              arguments.measured(),
              this::measurementStarts,
              this::measurementEnds);
      if (arguments.lone() > 0) {
        progress.say(arguments.lone() + " sagas one at a time");
      }
      Latencies.Summary lone = load.oneAtATime(arguments.lone());
      return new Result(
          arguments,
          underLoad,
          lone,
          load.errors(),
          balanced(),
          unfinished(),
          cpu,
          counted,
          yardstick);
    }
  }

  private Starter starter() {
    return switch (arguments.start()) {
      case SHOP -> HttpStarter.atShop(target.shop(), arguments.profile());
      case REST -> HttpStarter.atOrchestrator(target.orchestrator(), arguments.profile());
      case EVENT -> new EventStarter(target.kafka(), arguments.profile());
    };
  }

  private void measurementStarts() {
    countedAtStart = counters();
    cpuAtStart = clock.read();
  }

  private void measurementEnds() {
    cpu = cpuAtStart.flatMap(from -> clock.read().map(to -> CpuClock.between(from, to)));
    PostgresCounters from = countedAtStart;
    PostgresCounters to = counters();
    counted = from == null || to == null ? Optional.empty() : Optional.of(to.since(from));
  }

  private OptionalDouble yardstick() throws InterruptedException {
    if (target.postgres().isEmpty()) {
      return OptionalDouble.empty();
    }
    progress.say("Yardstick: single-row commits for " + YARDSTICK.toSeconds() + " s");
    try {
      return OptionalDouble.of(
          Yardstick.singleRowCommitsPerSecond(target.postgres().get(), YARDSTICK));
    } catch (SQLException e) {
      throw new StandaloneException("Expected to measure PostgreSQL, but: " + e, e);
    }
  }

  private @Nullable PostgresCounters counters() {
    if (target.postgres().isEmpty()) {
      return null;
    }
    try {
      return PostgresCounters.read(target.postgres().get());
    } catch (SQLException e) {
      progress.say("PostgreSQL's counters could not be read: " + e);
      return null;
    }
  }

  private OptionalLong unfinished() {
    if (target.postgres().isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(PostgresCounters.unfinishedSagas(target.postgres().get()));
    } catch (SQLException e) {
      progress.say("The sagas could not be counted: " + e);
      return OptionalLong.empty();
    }
  }

  private Optional<Boolean> balanced() throws InterruptedException {
    URI books = target.shop().resolve("/api/books");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(books).timeout(BOOKS_TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      return Optional.of(
          new ObjectMapper().readTree(answer.body()).required("balanced").asBoolean());
    } catch (IOException | IllegalArgumentException e) {
      progress.say("No books at " + books + ": " + e);
      return Optional.empty();
    }
  }
}
