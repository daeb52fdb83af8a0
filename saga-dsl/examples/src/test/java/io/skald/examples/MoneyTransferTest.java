package io.skald.examples;

import static java.time.Duration.ofDays;

import io.skald.examples.MoneyTransfer.Approved;
import io.skald.examples.MoneyTransfer.Credited;
import io.skald.examples.MoneyTransfer.Debited;
import io.skald.examples.MoneyTransfer.FraudChecked;
import io.skald.examples.MoneyTransfer.Reverse;
import io.skald.examples.MoneyTransfer.ReverseIfDebited;
import io.skald.examples.MoneyTransfer.StatementWritten;
import io.skald.examples.MoneyTransfer.Transfer;
import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaStatus;
import io.skald.testkit.SagaTest;
import org.junit.jupiter.api.Test;

class MoneyTransferTest {

  private final SagaTest<Transfer> saga =
      SagaTest.of(MoneyTransfer.definition()).start(Transfer.of("X-1", "from", "to", 500_00));

  @Test
  void shouldNotAskAnybody_whenTheScoreIsLow() {
    saga.succeed("debit", new Debited("B-1"))
        .succeed("fraud", new FraudChecked(10))
        .succeed("credit", new Credited("C-1"))
        .expectUnderWay("payer", "payee")
        .succeed("payee", new StatementWritten())
        .succeed("payer", new StatementWritten())
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldGoOnByWhoeverApproved_whenTheScoreIsHigh() {
    saga.succeed("debit", new Debited("B-1"))
        .succeed("fraud", new FraudChecked(90))
        .expectWaitingAt("approval")
        .signal("approval", new Approved("ann"))
        .repeatSignal()
        .expectIgnored(IgnoreReason.REPEATED_SIGNAL)
        .expectUnderWay("credit");
  }

  @Test
  void shouldGiveTheMoneyBack_whenNobodyApprovesInTime() {
    saga.succeed("debit", new Debited("B-1"))
        .succeed("fraud", new FraudChecked(90))
        .advance(ofDays(2))
        .expectCause(CompensationCause.NO_SIGNAL)
        .expectCommand("debit", new Reverse("X-1", "B-1"))
        .compensated("debit")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldGiveBackWhatMayHaveBeenTaken_whenTheDebitIsNeverAnswered() {
    saga.staySilentForGood("debit").expectCommand("debit", new ReverseIfDebited("X-1"));
  }

  @Test
  void shouldGiveTheMoneyBack_whenTheOtherBankRefuses() {
    saga.succeed("debit", new Debited("B-1"))
        .succeed("fraud", new FraudChecked(10))
        .refuse("credit", "NO_SUCH_ACCOUNT")
        .expectCompensations("debit");
  }
}
