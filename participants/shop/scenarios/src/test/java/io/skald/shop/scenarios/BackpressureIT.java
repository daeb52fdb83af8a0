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

  private static final int BURST = 100;

  private final Shop shop;
  private final AtomicInteger turnedAway = new AtomicInteger();

  BackpressureIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldTurnStartsAway_andLoseNone_whenTheyComeInABurst() throws Exception {
    // given: many customers at once, who come again when they are turned away
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
    Patience.await()
        .untilAsserted(() -> assertThat(keys).allMatch(key -> status(key).equals("COMPLETED")));
    assertThat(keys)
        .allSatisfy(
            key -> assertThat(shop.order(key).ledger()).containsExactly("USR-123 -> SHOP 0.01"));
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
