package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.Shop.Order;
import io.skald.testkit.Shop.PaymentProcessed;
import io.skald.testkit.Shop.ProcessPayment;
import io.skald.testkit.Shop.RefundPayment;
import io.skald.testkit.Shop.Refunds;
import io.skald.testkit.Shop.VoidPayment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureMatrixTest {

  @Test
  void shouldKeepAllLawsAndStrikeEverywhere_whenADefinitionIsSane() {
    // when
    MatrixReport report = matrix(Shop.withMail()).run();
    // then
    report.expectLawful();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.coverage())
        .contains("| payment | ✓ ", "| inventory | ✓ ", "| shipping | ✓ ", "| mail | ✓ ")
        .contains("– : 'mail', 'shipping' has nothing to compensate")
        .contains("– : 'mail' is tried without end")
        .contains("862 of 862 cases run: 1 without a fault, 41 with one, 820 of 820 pairs; 0 broke")
        .doesNotContain("✗", "| 0 |", "Not compared", "Not reached");
  }

  @Test
  void shouldMakeTheDataToo_whenOnlyADefinitionIsGiven() {
    // given
    FailureMatrix<Order> matrix = FailureMatrix.of(Shop.withMail());
    // when
    CaseResult result = matrix.run(FailureCase.of(), matrix.report());
    // then
    assertThat(result.story())
        .contains("\"id\":\"order.id\",\"payment\":null,\"reservation\":null");
    matrix.pairs(0).run().expectLawful();
  }

  static Stream<Arguments> plantedBugs() {
    AtomicInteger calls = new AtomicInteger();
    return Stream.of(
        Arguments.of(
            "refunds the order in place of the payment",
            Refunds.sane().afterSuccess((order, paid) -> new RefundPayment(order.id())),
            Law.UNDOES_SOMETHING_ELSE,
            "[inventory: refuses]",
            "paymentId \"payment.paymentId\", which its reply names, but found \"O-1\""),
        Arguments.of(
            "refunds by another step's reply",
            Refunds.sane()
                .afterSuccess((o, paid) -> new RefundPayment(o.reservation().orElse("none"))),
            Law.UNDOES_SOMETHING_ELSE,
            "[shipping: refuses]",
            "found \"inventory.reservationId\""),
        Arguments.of(
            "voids a constant",
            Refunds.sane().whenUnknown(order -> new VoidPayment("O-2")),
            Law.UNDOES_SOMETHING_ELSE,
            "[payment: unknown, not done]",
            "orderId \"O-1\", which its command names, but found \"O-2\""),
        Arguments.of(
            "throws when nobody knows whether it was paid",
            Refunds.sane().whenUnknown(order -> new VoidPayment(order.payment().orElseThrow())),
            Law.FUNCTION_THREW,
            "[payment: unknown, done]",
            "Expected step 'payment' to make its compensation, but it threw: "
                + "java.util.NoSuchElementException: No value present"),
        Arguments.of(
            "has nothing to send",
            Refunds.sane().whenUnknown(Shop::nothing),
            Law.FUNCTION_THREW,
            "[payment: fails for good]",
            "Expected a VoidPayment v1 to send, but found null"),
        Arguments.of(
            "is another one each time",
            Refunds.sane()
                .whenUnknown(order -> new VoidPayment(order.id() + calls.incrementAndGet())),
            Law.FUNCTION_NOT_PURE,
            "[payment: fails for good]",
            "Expected the same twice"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plantedBugs")
  void shouldNameStepFaultAndLawAndTellTheStory_whenACompensationHasABug(
      String bug, Refunds planted, Law law, String where, String found) {
    // when
    MatrixReport report = matrix(Shop.with(planted)).run();
    // then
    assertThat(report.broken())
        .extracting(result -> result.broken().orElseThrow())
        .allSatisfy(broken -> assertThat(broken.law()).isEqualTo(law))
        .anySatisfy(
            broken ->
                assertThat(broken)
                    .hasMessageStartingWith(where + " broke " + law + ": " + law.sentence())
                    .hasMessageContaining(found)
                    .hasMessageContaining("The saga's story so far:\n  +0s  asked to start")
                    .hasMessageContaining("sends ProcessPayment v1 for step 'payment'"));
    assertThat(report.coverage()).contains("✗");
    assertThatExceptionOfType(LawBroken.class)
        .isThrownBy(report::expectLawful)
        .satisfies(
            broken -> assertThat(broken.getSuppressed()[0]).hasMessageContaining("| step |"));
  }

  @Test
  void shouldSeeThatAttemptsDiffer_whenAFunctionRemembersItsCalls() {
    // given
    AtomicInteger calls = new AtomicInteger();
    Refunds forgetful =
        Refunds.sane().whenUnknown(o -> new VoidPayment(o.id() + calls.getAndIncrement() / 2));
    // when
    MatrixReport report =
        matrix(Shop.with(forgetful)).mayDiffer("payment", "orderId").pairs(1_000).run();
    // then
    assertThat(report.broken())
        .extracting(result -> result.broken().orElseThrow().law())
        .contains(Law.COMMANDS_DIFFER);
  }

  @Test
  void shouldRunNothingElse_whenALawBreaksWithoutAFault() {
    // given
    FailureMatrix<Order> matrix =
        matrix(Shop.sane())
            .reply(
                "payment", ProcessPayment.class, c -> new PaymentProcessed(Shop.noText(), "O-1"));
    // when
    MatrixReport report = matrix.run();
    // then
    assertThat(report.broken()).hasSize(1);
    assertThat(report.broken().getFirst().failureCase()).hasToString("no fault");
    assertThat(report.coverage()).contains("1 of 1", "1 broke");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payment   | REFUSES                     | COMPENSATED | payment answers step 'payment':"
            + " REJECTED",
        "payment   | FAILS                       | COMPLETED   | attempt 2 failed",
        "payment   | FAILS_FOR_GOOD              | COMPENSATED | gives up step 'payment'",
        "shipping  | FAILS_FOR_GOOD              | COMPLETED   | PARKED: STEP_GIVEN_UP",
        "payment   | TIMES_OUT                   | COMPLETED   | attempt 1 timed out",
        "payment   | UNKNOWN_DONE                | COMPENSATED | lost: that answer",
        "payment   | UNKNOWN_NOT_DONE            | COMPENSATED | lost: the command for step"
            + " 'payment'",
        "payment   | DUPLICATE                   | COMPLETED   | ignored, ALREADY_SETTLED",
        "payment   | LATE                        | COMPLETED   | late: that answer",
        "payment   | COMPENSATION_FAILS          | COMPENSATED | attempt 2 failed",
        "payment   | COMPENSATION_FAILS_FOR_GOOD | COMPENSATED | PARKED: COMPENSATION_GIVEN_UP",
        "payment   | CRASH_BEFORE                | COMPLETED   | dies before it has committed",
        "payment   | CRASH_AFTER                 | COMPLETED   | dies after it has committed",
        "mail      | REFUSES                     | PARKED      | PARKED: STEP_REJECTED",
      })
  void shouldGoThroughWhatItSays_whenOneFaultStrikes(
      String step, Fault fault, String end, String happening) {
    // given
    FailureMatrix<Order> matrix = matrix(Shop.withMail());
    Strike strike = new Strike(new StepName(step), fault);
    // when
    CaseResult result = matrix.run(FailureCase.of(strike), matrix.report());
    // then
    result.expectLawful();
    assertThat(result.struck()).containsExactly(strike);
    assertThat(result.story()).contains(happening).contains("= " + end).endsWith("= " + end);
  }

  @Test
  void shouldTakeTheFirstAnswer_whenItIsLateAndTheNextAttemptIsUnderWay() {
    assertThat(storyOf("payment", Fault.LATE))
        .containsSubsequence(
            "sends ProcessPayment v1 for step 'payment', attempt 2",
            "the answer to attempt 1 at step 'payment' arrives: SUCCEEDED",
            "step 'payment' succeeded",
            "the answer to attempt 2 at step 'payment' arrives: SUCCEEDED",
            "ignored, ALREADY_SETTLED");
  }

  @Test
  void shouldRefuseTheAction_whenItArrivesBehindItsCompensation() {
    assertThat(storyOf("payment", Fault.UNKNOWN_NOT_DONE))
        .containsSubsequence(
            "payment answers the compensation of step 'payment': SUCCEEDED",
            "= COMPENSATED",
            "payment answers step 'payment': REJECTED",
            "ignored, TERMINAL");
  }

  @Test
  void shouldCompensateAfterSuccess_whenTheLastStepCanRefuse() {
    assertThat(storyOf("inventory", Fault.COMPENSATION_FAILS))
        .contains("RefundPayment v1", "step 'shipping' was refused");
  }

  @Test
  void shouldCompensateByCancelling_whenNoLaterStepCanRefuse() {
    // given
    FailureMatrix<Order> matrix = matrix(Shop.onlyPayment());
    Strike strike = new Strike(new StepName("payment"), Fault.COMPENSATION_FAILS);
    // when
    CaseResult result = matrix.run(FailureCase.of(strike), matrix.report());
    // then
    result.expectLawful();
    assertThat(result.struck()).containsExactly(strike);
    assertThat(result.story()).contains("COMPENSATING: CANCELLED", "VoidPayment v1");
  }

  @Test
  void shouldRunAsManyPairsAsAskedFor_whenThereAreMore() {
    // when
    MatrixReport report = matrix(Shop.sane()).pairs(7).run();
    // then
    assertThat(report.cases()).hasSize(1 + 34 + 7).doesNotHaveDuplicates();
    assertThat(report.coverage()).contains("34 with one, 7 of 561 pairs");
    assertThat(matrix(Shop.sane()).pairs(0).report().cases()).hasSize(35);
  }

  @Test
  void shouldFailAsOftenAsAskedFor_whenItThenWorks() {
    // given
    FailureMatrix<Order> matrix = matrix(Shop.sane()).failures(1);
    FailureCase fails = FailureCase.of(new Strike(new StepName("payment"), Fault.FAILS));
    // then
    assertThat(matrix.run(fails, matrix.report()).story())
        .contains("attempt 1 failed")
        .doesNotContain("attempt 2 failed");
  }

  @Test
  void shouldSayWhatWasNotCompared_whenNoMemberTells() {
    // given
    FailureMatrix<Order> matrix = matrix(Shop.sane()).mayDiffer("payment", "paymentId");
    // then
    assertThat(matrix.run().coverage())
        .contains("Not compared with what they undo: RefundPayment v1 of step 'payment'");
    assertThat(
            matrix
                .undoes("payment", PaymentProcessed.class, RefundPayment.class, (a, b) -> true)
                .run()
                .coverage())
        .doesNotContain("Not compared");
  }

  @Test
  void shouldAskTheRuleOfTheTest_whenMembersDoNotTell() {
    // given
    FailureMatrix<Order> matrix =
        matrix(Shop.with(Refunds.sane().afterSuccess((o, paid) -> new RefundPayment(o.id()))))
            .mayDiffer("payment", "paymentId");
    // when
    MatrixReport report =
        matrix
            .undoes(
                "payment",
                PaymentProcessed.class,
                RefundPayment.class,
                (paid, refund) -> refund.paymentId().equals(paid.paymentId()))
            .run();
    // then
    matrix.run().expectLawful();
    assertThat(report.broken().getFirst().broken().orElseThrow())
        .hasMessageContaining("UNDOES_SOMETHING_ELSE")
        .hasMessageContaining("PaymentProcessed[paymentId=payment.paymentId, orderId=O-1]")
        .hasMessageContaining("RefundPayment[paymentId=O-1]");
  }

  @Test
  void shouldTakeTheRepliesOfTheTest_whenGiven() {
    // given
    UnaryOperator<FailureMatrix<Order>> replying =
        matrix ->
            matrix.reply(
                "payment",
                ProcessPayment.class,
                command -> new PaymentProcessed("paid " + command.amount(), command.orderId()));
    FailureMatrix<Order> matrix = replying.apply(matrix(Shop.sane()));
    // when
    CaseResult result = matrix.run(FailureCase.of(), matrix.report());
    // then
    assertThat(result.story()).contains("\"payment\":\"paid 99\"");
  }

  private static String storyOf(String step, Fault fault) {
    FailureMatrix<Order> matrix = matrix(Shop.sane());
    CaseResult result =
        matrix.run(FailureCase.of(new Strike(new StepName(step), fault)), matrix.report());
    result.expectLawful();
    return result.story();
  }

  private static FailureMatrix<Order> matrix(SagaDefinition<Order> definition) {
    return FailureMatrix.of(definition, Order.placed());
  }
}
