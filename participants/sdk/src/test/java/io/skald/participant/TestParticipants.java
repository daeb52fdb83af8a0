package io.skald.participant;

import io.agroal.api.AgroalDataSource;
import io.skald.participant.TestMessages.PaymentProcessed;
import io.skald.participant.TestMessages.PaymentRefunded;
import io.skald.participant.TestMessages.ProcessPayment;
import io.skald.participant.TestMessages.RefundPayment;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** An application with several participants, written as a user would; all keep one ledger. */
@Singleton
final class TestParticipants {

  private final AgroalDataSource dataSource;
  private final ParticipantWorker worker;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Order ids of the actions whose handler ran, ended well or not. */
  final List<String> runs = new CopyOnWriteArrayList<>();

  @Inject
  TestParticipants(AgroalDataSource dataSource, ParticipantWorker worker) {
    this.dataSource = dataSource;
    this.worker = worker;
  }

  @Incoming("payment-commands")
  @Blocking
  void payment(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("crashing-commands")
  @Blocking
  void crashing(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("unacked-commands")
  @Blocking
  void unacked(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("renamed-commands")
  @Blocking
  void renamed(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Incoming("idle-commands")
  @Blocking
  void idle(ConsumerRecords<String, byte[]> batch) {
    worker.handle(batch);
  }

  @Produces
  @Singleton
  ParticipantService paymentService() {
    return service("payment");
  }

  @Produces
  @Singleton
  ParticipantService crashingService() {
    return service("crashing");
  }

  @Produces
  @Singleton
  ParticipantService unackedService() {
    return service("unacked");
  }

  @Produces
  @Singleton
  ParticipantService renamedService() {
    return service("renamed");
  }

  @Produces
  @Singleton
  ParticipantService idleService() {
    return service("idle");
  }

  private ParticipantService service(String name) {
    return ParticipantService.named(name)
        .action(ProcessPayment.class, this::process)
        .compensation(RefundPayment.class, this::refund)
        .build();
  }

  PaymentProcessed process(ProcessPayment command, CommandContext context) throws Exception {
    runs.add(command.orderId());
    boolean first = seen.add(context.idempotencyKey().toString());
    write(command.orderId(), "payment", command.amount());
    switch (command.behaviour()) {
      case "refuse" -> throw new BusinessRefusal("TOO_POOR", "No money in the account");
      case "poison" -> throw new IllegalStateException("Poison");
      case "fail-once" -> {
        if (first) {
          throw new TransientFailure("BANK_AWAY", "Try later");
        }
      }
      case "lose-connection-once" -> {
        if (first) {
          execute("SELECT pg_terminate_backend(pg_backend_pid())");
        }
      }
      case "deadlock-once" -> {
        if (first) {
          execute("DO $$ BEGIN RAISE EXCEPTION 'dead' USING ERRCODE = '40P01'; END $$");
        }
      }
      case "swallow-sql-error" -> {
        try {
          write(command.orderId(), "wrong", new BigDecimal("-1"));
        } catch (SQLException ignored) {
          // As careless handlers do: the transaction is lost all the same.
        }
      }
      default -> {}
    }
    return new PaymentProcessed("PAY-" + command.orderId(), command.amount());
  }

  PaymentRefunded refund(RefundPayment command, CommandContext context) throws SQLException {
    PaymentProcessed paid = context.actionReply(PaymentProcessed.class).orElseThrow();
    write(command.orderId(), "refund", paid.amount());
    return new PaymentRefunded(command.orderId(), paid.paymentId(), paid.amount());
  }

  private void write(String orderId, String entry, BigDecimal amount) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO payment.ledger (order_id, entry, amount) VALUES (?, ?, ?)")) {
      insert.setString(1, orderId);
      insert.setString(2, entry);
      insert.setBigDecimal(3, amount);
      insert.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
