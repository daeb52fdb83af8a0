package io.skald.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.standalone.Progress;
import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** One run against a stack that is up: yardstick, loads, lone sagas, books. */
final class BenchRun {
  private static final Duration YARDSTICK = Duration.ofSeconds(5);
  private static final Duration BOOKS_TIMEOUT = Duration.ofSeconds(60);

  /** Between two loads of one run: lanes, caches and JIT are warm already. */
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final BenchArguments arguments;
  private final Target target;
  private final Path home;
  private final Progress progress;
  private final Recipe recipe;
  private final Latencies latencies = new Latencies();

  BenchRun(BenchArguments arguments, Target target, Path home, Progress progress) {
    this.arguments = arguments;
    this.target = target;
    this.home = home;
    this.progress = progress;
    this.recipe = arguments.recipe();
  }

  /**
   * Takes as long as the arguments say, and some seconds more.
   *
   * @throws StandaloneException when the stack can't be reached; sagas that fail are figures
   */
  Result run() throws InterruptedException {
    Optional<Yardstick> yardstick = yardstick();
    int shards = TopicTail.partitions(target.kafka(), EndingsWatch.TOPIC);
    ShardPauses pauses = new ShardPauses(shards);
    Flights flights = new Flights(latencies, pauses);
    try (Participation participation = Participation.of(arguments, target);
        EndingsWatch watch = EndingsWatch.start(target.kafka(), flights);
        Starter starter = starter()) {
      Optional<FillRun> fill =
          participation
              .trivial()
              .map(trivial -> new FillRun(arguments, target, trivial, shards, progress));
      if (fill.isPresent()) {
        fill.get().fill(starter, flights);
      }
      Load load = new Load(orders(), starter, flights, latencies, progress);
      List<ScaleStep> scale = scale(load, pauses);
      List<Point> points = arguments.scales() ? List.of() : points(load);
      Optional<Latencies.Summary> lone = lone(load);
      Optional<TimersResult> timers = fill.isPresent() ? fill.get().timers() : Optional.empty();
      return new Result(
          arguments,
          Machine.now(),
          Versions.of(target, home, progress),
          points,
          lone,
          flights.errors(),
          balance(participation, flights.endings(), fill.map(FillRun::copies).orElse(0L)),
          unfinished(),
          yardstick,
          load.samples(),
          scale,
          timers);
    }
  }

  private List<Point> points(Load load) throws InterruptedException {
    List<Point> points = new ArrayList<>();
    for (LoadPoint point : arguments.points()) {
      Duration warmUp = points.isEmpty() ? arguments.warmUp() : SETTLE;
      progress.say(
          "Load: %s, %d s of warm-up, then %d s"
              .formatted(point.text(), warmUp.toSeconds(), arguments.measured().toSeconds()));
      Counters counters = new Counters(target, progress);
      AtomicReference<Counters.Difference> counted = new AtomicReference<>();
      Measured measured =
          load.run(
              point,
              warmUp,
              arguments.measured(),
              counters::begin,
              () -> counted.set(counters.end()));
      Counters.Difference difference = counted.get();
      points.add(
          new Point(point, measured, difference.cpu(), difference.postgres(), difference.engine()));
    }
    return points;
  }

  private List<ScaleStep> scale(Load load, ShardPauses pauses) throws InterruptedException {
    return arguments.scales() && target instanceof OwnStack stack
        ? new ScaleRun(arguments, stack, pauses, progress).run(load)
        : List.of();
  }

  private Optional<Latencies.Summary> lone(Load load) throws InterruptedException {
    if (arguments.lone() == 0) {
      return Optional.empty();
    }
    progress.say(arguments.lone() + " sagas one at a time");
    return Optional.of(Latencies.Summary.of(load.oneAtATime(arguments.lone())));
  }

  private Orders orders() {
    long seed = System.nanoTime();
    String run = Long.toString(new SplittableRandom(seed).nextLong(1L << 40), 36);
    return new Orders(
        arguments.profile(),
        arguments.participants(),
        recipe.steps(),
        target.catalogue(),
        "ORD-" + run + "-",
        seed);
  }

  private Starter starter() {
    return switch (arguments.start()) {
      case SHOP -> HttpStarter.atShop(target.shop().orElseThrow());
      case REST -> HttpStarter.atOrchestrators(target.orchestrators(), recipe);
      case EVENT -> new EventStarter(target.kafka(), recipe);
    };
  }

  private Optional<Yardstick> yardstick() throws InterruptedException {
    if (target.postgres().isEmpty()) {
      return Optional.empty();
    }
    progress.say("Yardstick: rows committed, for " + 2 * YARDSTICK.toSeconds() + " s");
    try {
      WalFiles.makeReady(target.postgres().get());
      return Optional.of(Yardstick.measure(target.postgres().get(), YARDSTICK));
    } catch (SQLException e) {
      throw new StandaloneException("Expected to measure PostgreSQL, but: " + e, e);
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

  private Optional<Balance> balance(
      Participation participation, Map<String, Long> endings, long copies)
      throws InterruptedException {
    return participation.trivial().isPresent()
        ? Optional.of(Balance.of(participation.trivial().get().done(), endings, copies, recipe))
        : books(target.shop().orElseThrow());
  }

  private Optional<Balance> books(URI shop) throws InterruptedException {
    URI books = shop.resolve("/api/books");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(books).timeout(BOOKS_TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      return Optional.of(
          new ObjectMapper().readTree(answer.body()).required("balanced").asBoolean()
              ? new Balance(List.of())
              : new Balance(List.of("The shop's books say no: " + answer.body())));
    } catch (IOException | IllegalArgumentException e) {
      progress.say("No books at " + books + ": " + e);
      return Optional.empty();
    }
  }
}
