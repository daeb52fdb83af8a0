package io.skald.benchmark;

import io.skald.standalone.Progress;
import io.skald.standalone.StandaloneException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Fills the database before a run, and looks how late timers fire. */
final class FillRun {
  private static final Duration SETTLED = Duration.ofSeconds(3);
  private static final Duration LONGEST_END = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final BenchArguments arguments;
  private final Target target;
  private final TrivialParticipants participants;
  private final int shards;
  private final Progress progress;
  private Optional<Filler.Template> toWait = Optional.empty();
  private long woken;

  FillRun(
      BenchArguments arguments,
      Target target,
      TrivialParticipants participants,
      int shards,
      Progress progress) {
    this.arguments = arguments;
    this.target = target;
    this.participants = participants;
    this.shards = shards;
    this.progress = progress;
  }

  /** Before the loads. */
  void fill(Starter starter, Flights flights) throws InterruptedException {
    Fill fill = arguments.fill();
    if (fill.isNone()) {
      return;
    }
    Filler filler = filler();
    Orders orders = orders(Profile.HAPPY);
    Order ended = orders.next();
    start(starter, flights, ended);
    if (!flights.awaitNone(TimeUnit.MINUTES.toNanos(1))) {
      throw new StandaloneException("Expected a saga to end, so that it can be copied");
    }
    Order waiting = orders.failing(List.of(arguments.recipe().steps().getLast()));
    starter.start(waiting, NOBODY);
    // It is in the database when its first reply has been taken; it then waits for hours.
    TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
    try {
      Filler.Template template = filler.waiting(waiting.id());
      toWait = Optional.of(template);
      progress.say("Filling: %d ended, %d active".formatted(fill.ended(), fill.active()));
      filler.fill(filler.ended(ended.id()), template);
    } catch (SQLException e) {
      throw new StandaloneException("Expected to fill the database, but: " + e, e);
    }
  }

  /**
   * After the loads, when the orchestrators are warm.
   *
   * @return how late timers have fired; absent when none were wanted
   */
  Optional<TimersResult> timers() throws InterruptedException {
    if (toWait.isEmpty() || arguments.fill().timers() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(timers(filler(), toWait.get()));
    } catch (SQLException e) {
      throw new StandaloneException("Expected to put timers in, but: " + e, e);
    }
  }

  /** How many more sagas have ended than began in this run. */
  long copies() {
    return toWait.isPresent() ? woken - 1 : 0;
  }

  private Filler filler() {
    return new Filler(target.postgres().orElseThrow(), arguments.fill(), shards, progress);
  }

  private TimersResult timers(Filler filler, Filler.Template template)
      throws SQLException, InterruptedException {
    Fill fill = arguments.fill();
    Instant first = filler.timers(template);
    Duration until =
        Duration.between(Instant.now(), first)
            .plusSeconds(fill.timers() / fill.timersPerSecond())
            .plus(GRACE);
    progress.say(
        "%d timers, %d of them due in a second; this takes %d s"
            .formatted(fill.timers(), fill.timersPerSecond(), until.toSeconds()));
    TimeUnit.NANOSECONDS.sleep(until.toNanos());
    awaitEnds();
    Latencies.Summary late = Latencies.Summary.of(participants.lateness());
    woken = late.count();
    return new TimersResult(fill.timers(), fill.timersPerSecond(), late);
  }

  /** What timers have woken goes on to its end; until then the books are not balanced. */
  private void awaitEnds() throws SQLException, InterruptedException {
    long stay = arguments.fill().active() + 1;
    long end = System.nanoTime() + LONGEST_END.toNanos();
    while (PostgresCounters.unfinishedSagas(target.postgres().orElseThrow()) > stay
        && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
    }
    TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
  }

  private void start(Starter starter, Flights flights, Order order) {
    Flight flight = flights.begin(order.expectedEnding(), System.nanoTime(), new ClosedLoop(1));
    starter.start(
        order,
        new Starter.Begun() {
          @Override
          public void named(String id) {
            flights.named(flight, id);
          }

          @Override
          public void failed(String why) {
            flights.failed(flight, why);
          }
        });
  }

  private Orders orders(Profile profile) {
    return new Orders(
        profile,
        arguments.participants(),
        arguments.recipe().steps(),
        target.catalogue(),
        "TEMPLATE-" + System.currentTimeMillis() + "-",
        1);
  }

  private static final Starter.Begun NOBODY =
      new Starter.Begun() {
        @Override
        public void named(String id) {
          // It is known.
        }

        @Override
        public void failed(String why) {
          // Then there is none to copy, which is noticed.
        }
      };
}
