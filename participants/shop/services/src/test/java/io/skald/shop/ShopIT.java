package io.skald.shop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import io.skald.shop.events.ShopEvent;
import io.skald.shop.messages.CompleteOrder;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.messages.PaymentProcessed;
import io.skald.shop.messages.ProcessPayment;
import io.skald.shop.messages.RefundPayment;
import io.skald.shop.messages.ReleaseInventory;
import io.skald.shop.messages.ReserveInventory;
import io.skald.shop.messages.ScheduleShipping;
import io.skald.shop.messages.ShippingScheduled;
import io.skald.shop.messages.Shop;
import io.skald.shop.messages.VoidPayment;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All participants in one process; the topics are made after it has started. */
@QuarkusTest
@QuarkusTestResource(RealStack.class)
class ShopIT {

  private static final BigDecimal PRICE = new BigDecimal("99.99");
  private static final List<OrderItem> ITEMS = List.of(new OrderItem("PROD-456", 2));
  private static final String ORDER =
      """
      {"userId":"USR-123","items":[{"productId":"PROD-456","quantity":2}],"totalAmount":99.99}""";

  private static FakeOrchestrator orchestrator;

  @Inject DataSource dataSource;

  @BeforeAll
  static void makeTopics() throws Exception {
    orchestrator =
        new FakeOrchestrator(
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
  }

  @AfterAll
  static void close() {
    orchestrator.close();
  }

  @AfterEach
  void shouldBalance_whateverHappened() {
    given().delete("/api/faults").then().statusCode(200);
    assertThat(books().getBoolean("balanced")).isTrue();
  }

  @Test
  void shouldPublishTheOrder_whenItIsTaken() throws Exception {
    // when
    JsonPath accepted = order(ORDER, 202);
    // then
    String id = accepted.getString("orderId");
    assertThat(accepted.getString("status")).isEqualTo("PENDING");
    assertThat(accepted.getString("saga"))
        .isEqualTo("http://orchestrator.test:8080/api/v1/sagas/" + SagaId.forKey("order", id));
    ShopEvent event = orchestrator.await(e -> e.subject().equals(id));
    assertThat(event.source().topic()).isEqualTo("order-events");
    assertThat(event.source().key()).isEqualTo(id);
    assertThat(event.type()).isEqualTo("OrderCreated");
    assertThat(event.header(WireHeaders.DATA_VERSION)).contains("1");
    assertThat(event.header(WireHeaders.SPEC_VERSION)).contains("1.0");
    assertThat(orchestrator.payload(event, OrderCreated.class))
        .isEqualTo(new OrderCreated(id, "USR-123", ITEMS, PRICE, "DE"));
    await().until(() -> isPublished(id));
  }

  @Test
  void shouldPublishTheOrderAgain_whenItWasStoredButNeverPublished() throws Exception {
    // given: what a process leaves behind that dies between its commit and Kafka
    String id = "ORD-" + UUID.randomUUID();
    sql(
        "insert into orders.purchase (id, event) values ('%s', '%s')"
            .formatted(
                id,
                ORDER.replace(
                    "{\"userId", "{\"orderId\":\"" + id + "\",\"country\":\"DE\",\"userId")));
    // when
    ShopEvent event = orchestrator.await(e -> e.subject().equals(id));
    // then
    assertThat(event.type()).isEqualTo("OrderCreated");
    await().until(() -> isPublished(id));
  }

  @Test
  void shouldSayWhatIsWrong_whenAnOrderCannotBeTaken() {
    // when
    JsonPath problem = order("{\"userId\":\"\",\"items\":[],\"totalAmount\":1.234}", 400);
    // then
    assertThat(problem.getList("errors.field")).containsExactly("userId", "items", "totalAmount");
    given()
        .contentType(ContentType.JSON)
        .body("{")
        .post("/api/orders")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    given().contentType(ContentType.JSON).post("/api/orders").then().statusCode(400);
    given().contentType(ContentType.TEXT).body("x").post("/api/orders").then().statusCode(415);
    given()
        .contentType(ContentType.JSON)
        .body(" ".repeat(70_000))
        .post("/api/orders")
        .then()
        .statusCode(413);
    for (String unknown :
        List.of("ORD-1", "x", "%00", "ORD-" + UUID.randomUUID(), "a".repeat(2000))) {
      given()
          .urlEncodingEnabled(false)
          .get("/api/orders/" + unknown)
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
    }
  }

  @Test
  void shouldTakeAnOrderOnce_whenItsIdempotencyKeyComesAgain() {
    String key = UUID.randomUUID().toString();
    String first = orderWithKey(key, ORDER, 202).getString("orderId");
    assertThat(orderWithKey(key, ORDER, 202).getString("orderId")).isEqualTo(first);
    orderWithKey(key, ORDER.replace("99.99", "1"), 422);
  }

  @Test
  void shouldFollowTheOrder_whenItsSagaCompletes() throws Exception {
    // given
    JsonPath before = books();
    String id = order(ORDER, 202).getString("orderId");
    FakeOrchestrator.Saga saga = orchestrator.saga(id);
    // when, then
    saga.ask(Shop.PAYMENT, new ProcessPayment(id, "USR-123", PRICE));
    awaitStatus(id, "PAYMENT_OK");
    saga.ask(Shop.INVENTORY, new ReserveInventory(id, ITEMS));
    awaitStatus(id, "RESERVED");
    ShippingScheduled scheduled =
        orchestrator.payload(
            saga.ask(Shop.SHIPPING, new ScheduleShipping(id, "DE")), ShippingScheduled.class);
    awaitStatus(id, "SCHEDULED");
    ShopEvent completed = saga.ask(Shop.ORDER, new CompleteOrder(id, scheduled.trackingId()));
    assertThat(completed.source().topic()).isEqualTo("order-events");
    assertThat(completed.type()).isEqualTo("OrderCompleted");
    awaitStatus(id, "COMPLETED");
    // then
    await().until(() -> shipped() == before.getLong("stock.products.PROD-456.shipped") + 2);
    assertThat(revenue()).isEqualByComparingTo(revenueOf(before).add(PRICE));
    assertThat(books().getLong("shipping.carriers.NORDPOST.shipments"))
        .isEqualTo(before.getLong("shipping.carriers.NORDPOST.shipments") + 1);
    assertThat(order(id).getList("history.event"))
        .containsExactly("CREATED", "PAYMENT_OK", "RESERVED", "SCHEDULED", "COMPLETED");
  }

  @Test
  void shouldCancelTheOrderAndGiveAllBack_whenShippingRefuses() throws Exception {
    // given
    JsonPath before = books();
    String id = order(ORDER.replace("99.99", "99.99,\"country\":\"AQ\""), 202).getString("orderId");
    FakeOrchestrator.Saga saga = orchestrator.saga(id);
    PaymentProcessed paid =
        orchestrator.payload(
            saga.ask(Shop.PAYMENT, new ProcessPayment(id, "USR-123", PRICE)),
            PaymentProcessed.class);
    saga.ask(Shop.INVENTORY, new ReserveInventory(id, ITEMS));
    assertThat(revenue()).isEqualByComparingTo(revenueOf(before).add(PRICE));
    // when
    assertRefused(saga.ask(Shop.SHIPPING, new ScheduleShipping(id, "AQ")), "NO_DELIVERY");
    saga.undo(Shop.INVENTORY, new ReleaseInventory(id));
    ShopEvent refunded = saga.undo(Shop.PAYMENT, new RefundPayment(id, paid.paymentId()));
    saga.lifecycle("SagaCompensated", "{\"cause\":\"STEP_REJECTED\"}");
    // then
    awaitStatus(id, "CANCELLED");
    assertThat(refunded.type()).isEqualTo("PaymentRefunded");
    assertThat(order(id).getString("reason")).contains("shipping refused: NO_DELIVERY");
    await()
        .untilAsserted(
            () ->
                assertThat(order(id).getList("history.event"))
                    .contains("STOCK_RELEASED", "PAYMENT_REFUNDED"));
    assertThat(revenue()).isEqualByComparingTo(revenueOf(before));
    assertThat(books().getMap("stock.products.PROD-456"))
        .isEqualTo(before.getMap("stock.products.PROD-456"));
  }

  @Test
  void shouldRefuse_whenMoneyOrGoodsAreNotThere() throws Exception {
    FakeOrchestrator.Saga saga = orchestrator.saga("refused");
    JsonPath before = books();
    assertRefused(
        saga.ask(Shop.PAYMENT, new ProcessPayment("refused", "USR-POOR", PRICE)),
        "INSUFFICIENT_FUNDS");
    assertRefused(
        orchestrator
            .saga("nobody")
            .ask(Shop.PAYMENT, new ProcessPayment("nobody", "USR-NOBODY", PRICE)),
        "UNKNOWN_USER");
    assertRefused(
        saga.ask(
            Shop.INVENTORY,
            new ReserveInventory(
                "refused", List.of(ITEMS.getFirst(), new OrderItem("PROD-RARE", 2)))),
        "OUT_OF_STOCK");
    assertThat(books().getMap("stock")).isEqualTo(before.getMap("stock"));
    assertThat(books().getMap("money")).isEqualTo(before.getMap("money"));
  }

  @Test
  void shouldHaveOneEffect_whenACommandComesTenTimes() throws Exception {
    // given
    BigDecimal before = revenue();
    FakeOrchestrator.Saga saga = orchestrator.saga("ten-times");
    ProcessPayment command = new ProcessPayment("ten-times", "USR-123", PRICE);
    // when
    for (int attempt = 1; attempt <= 10; attempt++) {
      saga.ask(Shop.PAYMENT, Phase.ACTION, attempt, command);
    }
    // then
    assertThat(revenue()).isEqualByComparingTo(before.add(PRICE));
    // when
    saga.undo(Shop.PAYMENT, new VoidPayment("ten-times"));
    assertThat(saga.undo(Shop.PAYMENT, new VoidPayment("ten-times")).type())
        .isEqualTo("PaymentVoided");
    // then
    assertThat(revenue()).isEqualByComparingTo(before);
  }

  @Test
  void shouldRefuseTheLateAction_whenItWasVoidedBefore() throws Exception {
    BigDecimal before = revenue();
    FakeOrchestrator.Saga saga = orchestrator.saga("late");
    assertThat(saga.undo(Shop.PAYMENT, new VoidPayment("late")).succeeded()).isTrue();
    assertThat(saga.ask(Shop.PAYMENT, new ProcessPayment("late", "USR-123", PRICE)).succeeded())
        .isFalse();
    assertThat(revenue()).isEqualByComparingTo(before);
  }

  @Test
  void shouldMakeTheFaultsThatAreSet() throws Exception {
    // given
    faults("{\"failFirst\":2}", 200);
    FakeOrchestrator.Saga saga = orchestrator.saga("faulty");
    ProcessPayment command = new ProcessPayment("faulty", "USR-123", PRICE);
    // when, then
    assertThat(failed(saga.ask(Shop.PAYMENT, Phase.ACTION, 1, command))).isTrue();
    assertThat(failed(saga.ask(Shop.PAYMENT, Phase.ACTION, 2, command))).isTrue();
    assertThat(saga.ask(Shop.PAYMENT, Phase.ACTION, 3, command).succeeded()).isTrue();
    // when
    faults("{\"silent\":true}", 200);
    FakeOrchestrator.Saga silent = orchestrator.saga("silent");
    String swallowed =
        silent.send(Shop.PAYMENT, Phase.ACTION, 1, new ProcessPayment("silent", "USR-123", PRICE));
    silent.undo(Shop.PAYMENT, new VoidPayment("silent"));
    // then
    assertThat(
            orchestrator.count(
                e -> e.header(WireHeaders.CAUSATION_ID).filter(swallowed::equals).isPresent()))
        .isZero();
    assertThat(
            given()
                .get("/api/faults")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getBoolean("payment.silent"))
        .isTrue();
    faults("{\"failureRate\":2}", 400);
    faults("{\"speed\":2}", 400);
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .put("/api/faults/nobody")
        .then()
        .statusCode(404);
  }

  @Test
  void shouldTellSubscribers_whenSagasEnd() {
    FakeOrchestrator.Saga saga = orchestrator.saga("told");
    saga.lifecycle("SagaStarted", "{}");
    saga.lifecycle("SagaCompleted", "{}");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(given().get("/q/metrics").asString())
                    .contains("shop_audit_total{event=\"SagaStarted\"")
                    .contains("shop_notifications_total"));
    given().get("/q/health/ready").then().statusCode(200);
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private boolean isPublished(String orderId) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement jdbc = connection.createStatement();
        ResultSet rows =
            jdbc.executeQuery(
                "select published from orders.purchase where id = '" + orderId + "'")) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static void assertRefused(ShopEvent reply, String code) {
    assertThat(reply.rejected()).isTrue();
    assertThat(reply.header(WireHeaders.ERROR_CODE)).contains(code);
  }

  private static boolean failed(ShopEvent reply) {
    return reply.header(WireHeaders.OUTCOME).filter("failed"::equals).isPresent();
  }

  private static void awaitStatus(String orderId, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(order(orderId).getString("status")).isEqualTo(status));
  }

  private static JsonPath order(String orderId) {
    return given().get("/api/orders/" + orderId).then().statusCode(200).extract().jsonPath();
  }

  private static JsonPath order(String body, int status) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/orders")
        .then()
        .statusCode(status)
        .extract()
        .jsonPath();
  }

  private static JsonPath orderWithKey(String key, String body, int status) {
    return given()
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/orders")
        .then()
        .statusCode(status)
        .extract()
        .jsonPath();
  }

  private static void faults(String body, int status) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/api/faults/payment")
        .then()
        .statusCode(status);
  }

  private static JsonPath books() {
    return given().get("/api/books").then().statusCode(200).extract().jsonPath();
  }

  private static BigDecimal revenue() {
    return revenueOf(books());
  }

  private static BigDecimal revenueOf(JsonPath books) {
    return new BigDecimal(books.getString("money.accounts.revenue.now"));
  }

  private static long shipped() {
    return books().getLong("stock.products.PROD-456.shipped");
  }
}
