package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 11: more comes than the orchestrator can take, or its database stands still. */
@Scenarios(Temper.BUSY)
@Order(11)
final class BackpressureIT {

  /** Twenty-five times what {@link Temper#BUSY} has room for. */
  private static final int BURST = 100;

  private static final int CALM = 20;
  private static final int RUNNING = 100;

  private final Shop shop;
  private final AtomicInteger turnedAway = new AtomicInteger();

  BackpressureIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldTurnStartsAway_andLoseNone_whenTheyComeInABurst() throws Exception {
    // given: how long a saga takes while nothing else happens
    List<String> calm = IntStream.range(0, CALM).mapToObj(i -> "ORD-calm-" + i).toList();
    calm.forEach(this::start);
    awaitCompleted(calm);
    assertThat(turnedAway).hasValue(0);
    // and: as many sagas at once without a burst, and the same ones while it comes
    Rush alone = Rush.atFullSpeed(shop, RUNNING);
    alone.assertEndedWell();
    Rush running = Rush.atFullSpeed(shop, RUNNING);
    running.awaitTheFirst();
    // and: many customers at once, who come again when they are turned away
    List<String> keys = IntStream.range(0, BURST).mapToObj(i -> "ORD-burst-" + i).toList();
    // when
    try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          keys.stream().<Future<?>>map(k -> customers.submit(() -> start(k))).toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
    // then
    assertThat(turnedAway).hasPositiveValue();
    awaitCompleted(keys);
    assertThat(keys)
        .allSatisfy(
            key -> assertThat(shop.order(key).ledger()).containsExactly("USR-123 -> SHOP 0.01"));
    running.assertEndedWell();
    note(durations(calm), durations(keys));
    noteRunning(durations(alone.keys()), durations(running.keys()));
    // and: as if nothing had been
    int before = turnedAway.get();
    start("ORD-after-burst");
    assertThat(turnedAway).hasValue(before);
    awaitCompleted(List.of("ORD-after-burst"));
    assertThat(shop.sagas().get("/q/health/ready").status()).isEqualTo(200);
  }

  /** For the reader of the log: how much a burst costs the sagas that were let in. */
  private void note(List<Double> calm, List<Double> burst) {
    System.out.printf(
        "Burst of %d starts at room for 4: %d turned away; sagas took %.0f ms at the median and"
            + " %.0f ms at most, against %.0f and %.0f ms before, a ratio of %.1f and %.1f%n",
        BURST,
        turnedAway.get(),
        median(burst),
        burst.getLast(),
        median(calm),
        calm.getLast(),
        median(burst) / median(calm),
        burst.getLast() / calm.getLast());
  }

  /** What it costs those that were there before. */
  private static void noteRunning(List<Double> alone, List<Double> during) {
    System.out.printf(
        "%d sagas under way when the burst came took %.0f ms at the median and %.0f ms at the 99th"
            + " percentile, against %.0f and %.0f ms of as many without one, a ratio of %.1f and"
            + " %.1f%n",
        RUNNING,
        median(during),
        p99(during),
        median(alone),
        p99(alone),
        median(during) / median(alone),
        p99(during) / p99(alone));
  }

  private static double p99(List<Double> sorted) {
    return sorted.get(sorted.size() * 99 / 100);
  }

  private static double median(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  /** From start to end, the shortest first. */
  private List<Double> durations(List<String> keys) {
    return shop.engine()
        .query(
            """
            select 1000 * extract(epoch from ended_at - created_at) from saga_ended
            where saga_key = any (?) order by 1
            """,
            row -> row.getDouble(1),
            (Object) keys.toArray(String[]::new));
  }

  private void awaitCompleted(List<String> keys) {
    Patience.await()
        .untilAsserted(() -> assertThat(keys).allMatch(key -> status(key).equals("COMPLETED")));
  }

  @Test
  void shouldTakeNoStarts_andGoOnByItself_whenTheDatabaseStandsStill() {
    // given
    Rush rush = Rush.of(shop, 200);
    rush.awaitTheMiddle();
    // when: no lane can write its shard's row
    shop.engine()
        .whileLocked(
            "shard",
            () -> {
              Patience.await().until(() -> shop.sagas().get("/q/health/ready").status() == 503);
              Http.Answer answer = shop.sagas().post("/api/v1/sagas/order", body("ORD-stalled"));
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.header("Retry-After")).isPresent();
              rush.assertIsInTheMiddle();
            });
    // then
    rush.assertEndedWell();
    Patience.await().until(() -> shop.sagas().get("/q/health/ready").status() == 200);
  }

  private void start(String key) {
    while (true) {
      Http.Answer answer =
          shop.sagas().post("/api/v1/sagas/order", body(key), "Idempotency-Key", key);
      if (answer.status() != 503) {
        answer.orThrow();
        return;
      }
      assertThat(answer.header("Retry-After")).isPresent();
      turnedAway.incrementAndGet();
    }
  }

  private String status(String key) {
    return shop.order(key).sagaStatus();
  }

  private static String body(String orderId) {
    return """
    {"orderId":"%s","userId":"USR-123","items":[{"productId":"PROD-456","quantity":1}],
     "totalAmount":0.01,"country":"DE"}
    """
        .formatted(orderId);
  }
}
