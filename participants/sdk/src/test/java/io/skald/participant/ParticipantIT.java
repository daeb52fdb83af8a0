package io.skald.participant;

import static io.skald.participant.CommandRecords.action;
import static io.skald.participant.CommandRecords.compensation;
import static io.skald.participant.Wire.header;
import static io.skald.participant.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A participant on a real broker and a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(RealStack.class)
class ParticipantIT {

  private final AgroalDataSource dataSource;
  private final TestParticipants participants;
  private final ParticipantWorker worker;
  private final TestFaults.CrashingSender sender;
  private final FenceStore store;
  private final String bootstrapServers;

  private final SagaId saga = new SagaId(UUID.randomUUID());
  private final String order = "ORD-" + saga;
  private @Nullable Wire connected;

  @Inject
  ParticipantIT(
      AgroalDataSource dataSource,
      TestParticipants participants,
      ParticipantWorker worker,
      TestFaults.CrashingSender sender,
      FenceStore store,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.dataSource = dataSource;
    this.participants = participants;
    this.worker = worker;
    this.sender = sender;
    this.store = store;
    this.bootstrapServers = bootstrapServers;
  }

  @BeforeEach
  void connect() {
    connected = new Wire(bootstrapServers, "payment", "crashing", "unacked", "renamed");
  }

  @AfterEach
  void disconnect() {
    wire().close();
  }

  private Wire wire() {
    return Objects.requireNonNull(connected, "connected");
  }

  @Test
  void shouldReplyByTheContract_whenActionSucceeds() {
    CommandRecords command = pay("payment", "").attempt(3).shard(2);

    ConsumerRecord<String, byte[]> reply = wire().ask(command);

    assertThat(reply.topic()).isEqualTo("payment-events");
    assertThat(reply.partition()).isEqualTo(2);
    assertThat(reply.key()).isEqualTo(command.key());
    assertThat(text(reply)).isEqualTo("{\"amount\":10.50,\"paymentId\":\"PAY-" + order + "\"}");
    Stream.of(
            WireHeaders.SAGA_ID,
            WireHeaders.STEP,
            WireHeaders.PHASE,
            WireHeaders.ATTEMPT,
            WireHeaders.SHARD,
            WireHeaders.IDEMPOTENCY_KEY,
            WireHeaders.CORRELATION_ID,
            WireHeaders.SUBJECT,
            WireHeaders.TRACE_PARENT)
        .forEach(name -> assertThat(header(reply, name)).isEqualTo(command.headers().get(name)));
    assertThat(header(reply, WireHeaders.TYPE)).isEqualTo("PaymentProcessed");
    assertThat(header(reply, WireHeaders.DATA_VERSION)).isEqualTo("1");
    assertThat(header(reply, WireHeaders.SPEC_VERSION)).isEqualTo("1.0");
    assertThat(header(reply, WireHeaders.SOURCE)).isEqualTo("payment");
    assertThat(header(reply, WireHeaders.OUTCOME)).isEqualTo("succeeded");
    assertThat(header(reply, WireHeaders.CONTENT_TYPE)).isEqualTo("application/json");
    assertThat(header(reply, WireHeaders.CAUSATION_ID)).isEqualTo(command.id());
    assertThat(UUID.fromString(header(reply, WireHeaders.ID)))
        .isNotEqualTo(UUID.fromString(command.id()));
    assertThat(Instant.parse(header(reply, WireHeaders.TIME)))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(header(reply, WireHeaders.ERROR_CODE)).isEmpty();
  }

  @Test
  void shouldHaveOneEffectAndTenLikeAnswers_whenCommandComesTenTimes() {
    CommandRecords command = pay("payment", "");
    List<CommandRecords> attempts =
        IntStream.rangeClosed(1, 10).mapToObj(command::attempt).toList();

    wire().send(attempts.subList(0, 4));
    wire().replies(attempts.subList(0, 4));
    wire().send(attempts.subList(4, 10));
    List<ConsumerRecord<String, byte[]>> replies = wire().replies(attempts);

    assertThat(replies)
        .hasSize(10)
        .allSatisfy(
            reply -> {
              assertThat(text(reply)).isEqualTo(text(replies.getFirst()));
              assertThat(header(reply, WireHeaders.TYPE)).isEqualTo("PaymentProcessed");
              assertThat(header(reply, WireHeaders.OUTCOME)).isEqualTo("succeeded");
            });
    assertThat(replies).extracting(reply -> header(reply, WireHeaders.ID)).doesNotHaveDuplicates();
    assertThat(replies)
        .extracting(reply -> header(reply, WireHeaders.ATTEMPT))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(ledger(order)).containsExactly("payment");
  }

  @Test
  void shouldRecordRefusalAndRollEffectBack_whenHandlerRefuses() throws SQLException {
    CommandRecords command = pay("payment", "refuse");

    ConsumerRecord<String, byte[]> refused = wire().ask(command);
    ConsumerRecord<String, byte[]> again = wire().ask(command.attempt(2));

    assertThat(header(refused, WireHeaders.OUTCOME)).isEqualTo("rejected");
    assertThat(header(refused, WireHeaders.TYPE)).isEqualTo("ProcessPaymentRejected");
    assertThat(header(refused, WireHeaders.ERROR_CODE)).isEqualTo("TOO_POOR");
    assertThat(header(refused, WireHeaders.ERROR_MESSAGE)).isEqualTo("No money in the account");
    assertThat(text(refused))
        .isEqualTo("{\"code\":\"TOO_POOR\",\"message\":\"No money in the account\"}");
    assertThat(text(again)).isEqualTo(text(refused));
    assertThat(header(again, WireHeaders.ERROR_CODE)).isEqualTo("TOO_POOR");
    assertThat(header(again, WireHeaders.OUTCOME)).isEqualTo("rejected");
    assertThat(participants.runs.stream().filter(order::equals)).hasSize(1);
    assertThat(ledger(order)).isEmpty();
    assertThat(fenceState("payment")).isEqualTo("REJECTED");
  }

  @Test
  void shouldRunAgain_whenFailureWasTransient() {
    CommandRecords command = pay("payment", "fail-once");

    ConsumerRecord<String, byte[]> failed = wire().ask(command);
    ConsumerRecord<String, byte[]> done = wire().ask(command.attempt(2));

    assertThat(header(failed, WireHeaders.OUTCOME)).isEqualTo("failed");
    assertThat(header(failed, WireHeaders.TYPE)).isEqualTo("ProcessPaymentFailed");
    assertThat(header(failed, WireHeaders.ERROR_CODE)).isEqualTo("BANK_AWAY");
    assertThat(header(done, WireHeaders.OUTCOME)).isEqualTo("succeeded");
    assertThat(ledger(order)).containsExactly("payment");
  }

  @Test
  void shouldAnswerNothingButSuccess_whenDatabaseLosesConnectionOrDeadlocks() {
    for (String trouble : List.of("lose-connection-once", "deadlock-once")) {
      SagaId one = new SagaId(UUID.randomUUID());
      CommandRecords command = pay("payment", one, trouble);

      assertThat(header(wire().ask(command), WireHeaders.OUTCOME)).isEqualTo("succeeded");
      assertThat(wire().repliesTo(command)).hasSize(1);
      assertThat(ledger("ORD-" + one)).containsExactly("payment");
      assertThat(participants.runs.stream().filter(("ORD-" + one)::equals)).hasSize(2);
    }
  }

  @Test
  void shouldUndoWithWhatTheActionAnswered_whenCompensationFollows() throws SQLException {
    wire().ask(pay("payment", ""));

    ConsumerRecord<String, byte[]> undone = wire().ask(refund());
    ConsumerRecord<String, byte[]> again = wire().ask(refund().attempt(2));
    ConsumerRecord<String, byte[]> late = wire().ask(pay("payment", "").attempt(2));

    assertThat(header(undone, WireHeaders.TYPE)).isEqualTo("PaymentRefunded");
    assertThat(header(undone, WireHeaders.PHASE)).isEqualTo("compensation");
    assertThat(text(undone)).contains("PAY-" + order).contains("10.50");
    assertThat(text(again)).isEqualTo(text(undone));
    assertThat(header(late, WireHeaders.OUTCOME)).isEqualTo("rejected");
    assertThat(header(late, WireHeaders.ERROR_CODE)).isEqualTo("COMPENSATED");
    assertThat(ledger(order)).containsExactly("payment", "refund");
    assertThat(fenceState("payment")).isEqualTo("COMPENSATED");
  }

  @Test
  void shouldRefuseLateAction_whenCompensationCameFirst() throws SQLException {
    ConsumerRecord<String, byte[]> first = wire().ask(refund());
    ConsumerRecord<String, byte[]> again = wire().ask(refund().attempt(2));
    ConsumerRecord<String, byte[]> late = wire().ask(pay("payment", ""));

    assertThat(header(first, WireHeaders.OUTCOME)).isEqualTo("succeeded");
    assertThat(header(first, WireHeaders.TYPE)).isEqualTo("NothingCompensated");
    assertThat(text(again)).isEqualTo(text(first));
    assertThat(header(late, WireHeaders.OUTCOME)).isEqualTo("rejected");
    assertThat(header(late, WireHeaders.ERROR_CODE)).isEqualTo("TOMBSTONED");
    assertThat(ledger(order)).isEmpty();
    assertThat(fenceState("payment")).isEqualTo("TOMBSTONED");
  }

  @Test
  void shouldHarmNobodyElseAndKeepOrder_whenHandlersAreInTrouble() {
    List<String> behaviours = List.of("", "poison", "", "refuse", "", "swallow-sql-error", "");
    List<CommandRecords> commands = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      CommandRecords command =
          action(
              "payment",
              new SagaId(UUID.randomUUID()),
              "ProcessPayment",
              json("%s/%02d".formatted(order, i), behaviours.get(i % 7)));
      // All under one key, which is to be kept in order.
      commands.add(command.keyed(order));
    }

    wire().send(commands);
    List<ConsumerRecord<String, byte[]>> replies = wire().replies(commands);

    for (int i = 0; i < 70; i++) {
      String outcome =
          switch (i % 7) {
            case 1, 5 -> "failed";
            case 3 -> "rejected";
            default -> "succeeded";
          };
      assertThat(header(replies.get(i), WireHeaders.OUTCOME))
          .as("command %d", i)
          .isEqualTo(outcome);
    }
    assertThat(wire().arrivedOf(order))
        .extracting(reply -> header(reply, WireHeaders.CAUSATION_ID))
        .containsExactlyElementsOf(commands.stream().map(CommandRecords::id).toList());
    assertThat(ledgerOrders(order + "/%"))
        .containsExactlyElementsOf(
            IntStream.range(0, 70)
                .filter(i -> i % 7 % 2 == 0)
                .mapToObj("%s/%%02d".formatted(order)::formatted)
                .toList());
  }

  @Test
  void shouldGoToDeadLettersWithReason_whenRecordCannotBeRead() {
    CommandRecords good = pay("payment", "");
    List<CommandRecords> bad =
        List.of(
            good.without(WireHeaders.SAGA_ID),
            good.header(WireHeaders.SHARD, "99"),
            action("payment", saga, "BrewCoffee", "{}"),
            good.header(WireHeaders.DATA_VERSION, "7"),
            good.value(new byte[300 * 1024]),
            good.value(new byte[1024 * 1024 - 2000]),
            action(
                "payment",
                saga,
                "ProcessPayment",
                "{\"more\":" + "[".repeat(70) + "]".repeat(70) + "}"),
            good.value("not json".getBytes(StandardCharsets.UTF_8)));

    wire().send(bad);
    ConsumerRecord<String, byte[]> reply = wire().ask(good);
    List<ConsumerRecord<String, byte[]>> letters = wire().deadLetters(order, bad.size());

    assertThat(header(reply, WireHeaders.OUTCOME)).isEqualTo("succeeded");
    assertThat(letters)
        .extracting(letter -> header(letter, "skald_dlq_code"))
        .containsExactly(
            "MISSING_HEADER",
            "BAD_HEADER",
            "UNKNOWN_TYPE",
            "UNKNOWN_VERSION",
            "PAYLOAD_TOO_LARGE",
            "PAYLOAD_TOO_LARGE",
            "PAYLOAD_TOO_DEEP",
            "BAD_PAYLOAD");
    ConsumerRecord<String, byte[]> last = letters.getLast();
    assertThat(text(last)).isEqualTo("not json");
    assertThat(header(last, WireHeaders.SAGA_ID)).isEqualTo(saga.toString());
    assertThat(header(last, "skald_dlq_topic")).isEqualTo("payment-commands");
    assertThat(header(last, "skald_dlq_partition")).isEqualTo("0");
    assertThat(header(last, "skald_dlq_offset")).matches("\\d+");
  }

  @Test
  void shouldSwallowOrFail_whenFilterSaysSo() {
    CommandRecords silent = pay("payment", "").header(WireHeaders.SUBJECT, "SILENT");
    CommandRecords faulty = pay("payment", "").attempt(2).header(WireHeaders.SUBJECT, "FAULTY");
    CommandRecords good = pay("payment", "").attempt(3);

    wire().send(silent, faulty, good);
    wire().reply(good);

    assertThat(wire().repliesTo(silent)).isEmpty();
    assertThat(header(wire().reply(faulty), WireHeaders.ERROR_CODE)).isEqualTo("SWITCHED_ON");
    assertThat(ledger(order)).containsExactly("payment");
  }

  @Test
  void shouldCommitOffsetOnlyBehindAcknowledgedReply() throws Exception {
    // The topic takes no message of this size: Kafka acknowledges no reply.
    CommandRecords command = pay("unacked", "");
    wire().send(command);
    await().atMost(Duration.ofSeconds(30)).until(() -> ledger(order).contains("payment"));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(() -> wire().committed("unacked") == 0);

    wire().configure("unacked-events", "max.message.bytes", "1000000");

    wire().reply(command);
    await().atMost(Duration.ofSeconds(20)).until(() -> wire().committed("unacked") == 1);
    assertThat(ledger(order)).containsExactly("payment");
  }

  @Test
  void shouldAnswerFromTheFence_whenProcessEndedBetweenCommitAndReply() {
    SagaId other = new SagaId(UUID.randomUUID());
    CommandRecords paid = pay("crashing", "");
    CommandRecords refused = pay("crashing", other, "refuse");
    wire().send(paid, refused);
    await().atMost(Duration.ofSeconds(30)).until(() -> ledger(order).contains("payment"));
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(4))
        .until(() -> wire().committed("crashing") == 0);
    long runsBefore = participants.runs.stream().filter(("ORD-" + other)::equals).count();

    sender.crashes = false;
    worker.handle(wire().redelivered("crashing"));

    assertThat(header(wire().reply(paid), WireHeaders.OUTCOME)).isEqualTo("succeeded");
    assertThat(text(wire().reply(paid))).contains("PAY-" + order);
    assertThat(header(wire().reply(refused), WireHeaders.OUTCOME)).isEqualTo("rejected");
    assertThat(ledger(order)).containsExactly("payment");
    assertThat(participants.runs.stream().filter(("ORD-" + other)::equals))
        .hasSize((int) runsBefore);
  }

  @Test
  void shouldHaveOneEffect_whenSeveralOwnersRunTheSameAtOnce() throws Exception {
    CommandRecords payment = pay("payment", "");
    CommandRecords refund = refund();

    atOnce(payment, 8);
    atOnce(refund, 8);

    assertThat(wire().replies(Collections.nCopies(8, payment)))
        .extracting(reply -> text(reply))
        .hasSizeGreaterThanOrEqualTo(8)
        .containsOnly(text(wire().reply(payment)));
    assertThat(ledger(order)).containsExactly("payment", "refund");
  }

  /** As when the consumer group is wrong about who owns what. */
  private void atOnce(CommandRecords command, int owners) throws Exception {
    ConsumerRecord<String, byte[]> record = command.consumed();
    ConsumerRecords<String, byte[]> batch =
        new ConsumerRecords<>(
            Map.of(new TopicPartition(record.topic(), record.partition()), List.of(record)),
            Map.of());
    CyclicBarrier together = new CyclicBarrier(owners);
    try (ExecutorService threads = Executors.newFixedThreadPool(owners)) {
      List<Future<Object>> runs = new ArrayList<>();
      for (int i = 0; i < owners; i++) {
        runs.add(
            threads.submit(
                () -> {
                  together.await();
                  worker.handle(batch);
                  return "done";
                }));
      }
      for (Future<Object> run : runs) {
        run.get();
      }
    }
  }

  @Test
  void shouldKeepFenceInItsSchema_whenConfiguredOrNotHosted() throws SQLException {
    wire().ask(pay("renamed", ""));

    assertThat(count("SELECT count(*) FROM other_schema.fence WHERE saga_id = ?::uuid", saga + ""))
        .isOne();
    assertThat(
            count(
                "SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?",
                "renamed"))
        .isZero();
    assertThat(
            count("SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?", "idle"))
        .isZero();
  }

  @Test
  void shouldForgetRows_whenTheyAreOldEnough() throws SQLException {
    wire().ask(pay("payment", ""));
    assertThat(store.forget("payment", Instant.now().minusSeconds(600))).isZero();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement age =
            connection.prepareStatement(
                "UPDATE payment.fence SET created_at = now() - interval '31 days', updated_at ="
                    + " now() - interval '31 days' WHERE saga_id = ?")) {
      age.setObject(1, saga.value());
      age.executeUpdate();
    }

    assertThat(store.forget("payment", Instant.now().minus(Duration.ofDays(30)))).isOne();
    assertThat(count("SELECT count(*) FROM payment.fence WHERE saga_id = ?::uuid", saga + ""))
        .isZero();
  }

  private CommandRecords pay(String participant, String behaviour) {
    return pay(participant, saga, behaviour);
  }

  private static CommandRecords pay(String participant, SagaId saga, String behaviour) {
    return action(participant, saga, "ProcessPayment", json("ORD-" + saga, behaviour));
  }

  private static String json(String orderId, String behaviour) {
    return "{\"orderId\":\"%s\",\"amount\":10.50,\"behaviour\":\"%s\"}"
        .formatted(orderId, behaviour);
  }

  private CommandRecords refund() {
    return compensation("payment", saga, "RefundPayment", "{\"orderId\":\"%s\"}".formatted(order));
  }

  private List<String> ledger(String orderId) {
    return strings("SELECT entry FROM payment.ledger WHERE order_id = ? ORDER BY id", orderId);
  }

  private List<String> ledgerOrders(String pattern) {
    return strings(
        "SELECT order_id FROM payment.ledger WHERE order_id LIKE ? ORDER BY id", pattern);
  }

  private String fenceState(String schema) {
    return strings("SELECT state FROM " + schema + ".fence WHERE saga_id = ?::uuid", saga + "")
        .getFirst();
  }

  private long count(String sql, String argument) {
    return Long.parseLong(strings(sql, argument).getFirst());
  }

  private List<String> strings(String sql, String argument) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, argument);
      try (ResultSet result = query.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (result.next()) {
          found.add(result.getString(1));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
