package io.skald.examples;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.util.Optional;

/**
 * Money goes from one account to another. A check for fraud gives a score; where it is high, a
 * person has to approve within two days, else the money goes back. To book it in at the other bank
 * is the point of no return.
 */
public final class MoneyTransfer {

  static final Participant ACCOUNTS = Participant.named("accounts");
  static final Participant FRAUD = Participant.named("fraud-checks");
  static final Participant CLEARING = Participant.named("clearing");
  static final Participant STATEMENTS = Participant.named("statements");

  private static final int SUSPICIOUS = 70;

  private MoneyTransfer() {}

  public record Debit(String transferId, String account, long cents) implements Command<Debited> {}

  public record Debited(String bookingId) {}

  /** Gives back what was debited. */
  public record Reverse(String transferId, String bookingId) implements Command<Reversed> {}

  /** Gives back what may have been debited. */
  public record ReverseIfDebited(String transferId) implements Command<Reversed> {}

  public record Reversed() {}

  public record CheckForFraud(String transferId, String from, String to, long cents)
      implements Command<FraudChecked> {}

  public record FraudChecked(int score) {}

  /** The signal of the person who looked at it. */
  public record Approved(String by) {}

  public record Credit(String transferId, String account, long cents)
      implements Command<Credited> {}

  public record Credited(String reference) {}

  public record WriteStatement(String transferId, String account, String reference)
      implements Command<StatementWritten> {}

  public record StatementWritten() {}

  /** What the saga carries along. */
  public record Transfer(
      String id,
      String from,
      String to,
      long cents,
      int score,
      Optional<String> approvedBy,
      Optional<String> reference) {

    public static Transfer of(String id, String from, String to, long cents) {
      return new Transfer(id, from, to, cents, 0, Optional.empty(), Optional.empty());
    }

    Transfer scored(FraudChecked checked) {
      return new Transfer(id, from, to, cents, checked.score(), approvedBy, reference);
    }

    Transfer approved(Approved approved) {
      return new Transfer(id, from, to, cents, score, Optional.of(approved.by()), reference);
    }

    Transfer credited(Credited credited) {
      return new Transfer(
          id, from, to, cents, score, approvedBy, Optional.of(credited.reference()));
    }

    boolean isSuspicious() {
      return score >= SUSPICIOUS;
    }

    String referenceText() {
      return reference.orElseThrow();
    }
  }

  public static SagaDefinition<Transfer> definition() {
    return Saga.define("money-transfer", 1, Transfer.class)
        .startedByApi()
        .deadline(ofDays(3))
        .step("debit", ACCOUNTS, Debit.class, t -> new Debit(t.id(), t.from(), t.cents()))
        .compensate(
            Reverse.class,
            (t, debited) -> new Reverse(t.id(), debited.bookingId()),
            ReverseIfDebited.class,
            t -> new ReverseIfDebited(t.id()))
        .step(
            "fraud",
            FRAUD,
            CheckForFraud.class,
            t -> new CheckForFraud(t.id(), t.from(), t.to(), t.cents()))
        .onReply(Transfer::scored)
        .nothingToCompensate()
        .when(
            "suspicious",
            Transfer::isSuspicious,
            look -> look.await("approval", Approved.class, ofDays(2), Transfer::approved))
        .pivot("credit", CLEARING, Credit.class, t -> new Credit(t.id(), t.to(), t.cents()))
        .onReply(Transfer::credited)
        .parallel(
            "statements",
            both ->
                both.then(
                        "payer",
                        STATEMENTS,
                        WriteStatement.class,
                        t -> new WriteStatement(t.id(), t.from(), t.referenceText()))
                    .retry(Retry.exponential(ofSeconds(1)).unlimited())
                    .then(
                        "payee",
                        STATEMENTS,
                        WriteStatement.class,
                        t -> new WriteStatement(t.id(), t.to(), t.referenceText()))
                    .retry(Retry.exponential(ofSeconds(1)).unlimited()))
        .build();
  }
}
