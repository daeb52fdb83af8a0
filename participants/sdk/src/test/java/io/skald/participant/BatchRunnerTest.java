package io.skald.participant;

import static io.skald.participant.FenceState.COMPENSATED;
import static io.skald.participant.FenceState.DONE;
import static io.skald.participant.FenceState.REJECTED;
import static io.skald.participant.FenceState.TOMBSTONED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.participant.Reading.Readable;
import io.skald.participant.TestMessages.PaymentProcessed;
import io.skald.participant.TestMessages.PaymentRefunded;
import io.skald.participant.TestMessages.ProcessPayment;
import io.skald.participant.TestMessages.RefundPayment;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {

  private final PayloadCodec codec = new JacksonPayloadCodec(new ObjectMapper());
  private final FakeFence fence = new FakeFence();
  private final BatchRunner runner =
      new BatchRunner(fence, fence, new Answers(codec, 10_000), codec);
  private final List<String> runs = new ArrayList<>();

  /** Behaviours that a test switches on and off; the command's behaviour is looked up here. */
  private RuntimeException refundTrouble = new IllegalStateException("none");

  private boolean refundsWork = true;

  private final ParticipantService payment =
      ParticipantService.named("payment")
          .action(ProcessPayment.class, this::process)
          .compensation(RefundPayment.class, this::refund)
          .build();

  private PaymentProcessed process(ProcessPayment command, CommandContext context)
      throws Exception {
    runs.add(command.orderId());
    fence.effects.add("took " + command.orderId());
    switch (command.behaviour()) {
      case "refuse" -> throw new BusinessRefusal("TOO_POOR", "No money");
      case "fail" -> throw new TransientFailure("BANK_AWAY", "Try later");
      case "throw" -> throw new java.io.IOException("Broken");
      case "error" -> throw new StackOverflowError();
      case "deadlock" -> throw new RuntimeException(new SQLException("deadlock", "40P01"));
      case "huge" -> {
        return new PaymentProcessed("x".repeat(20_000), command.amount());
      }
      default -> {
        return new PaymentProcessed("PAY-" + command.orderId(), command.amount());
      }
    }
  }

  private PaymentRefunded refund(RefundPayment command, CommandContext context) {
    runs.add("refund " + command.orderId());
    if (!refundsWork) {
      throw refundTrouble;
    }
    PaymentProcessed paid = context.actionReply(PaymentProcessed.class).orElseThrow();
    fence.effects.add("gave back " + paid.paymentId());
    return new PaymentRefunded(command.orderId(), paid.paymentId(), paid.amount());
  }

  @Test
  void shouldCommitOnce_whenAllGoesWell() {
    List<Answer> answers = run(pay(1), pay(2), pay(3));

    assertThat(answers).extracting(Answer::outcome).containsOnly(Outcome.SUCCEEDED);
    assertThat(fence.commits).isEqualTo(1);
    assertThat(runs).containsExactly("1", "2", "3");
    assertThat(fence.states()).containsOnly(DONE);
  }

  @Test
  void shouldAnswerAlikeAndRunOnce_whenRepeatedWithinAndAfterBatch() {
    List<Answer> answers = new ArrayList<>(run(pay(1), pay(1), pay(1)));
    answers.addAll(run(pay(1), pay(1)));

    assertThat(answers).extracting(Answer::payload).containsOnly(answers.getFirst().payload());
    assertThat(answers).extracting(Answer::repeated).containsExactly(false, true, true, true, true);
    assertThat(runs).containsExactly("1");
  }

  @Test
  void shouldRecordRefusalAndKeepOthers_whenOneIsRefused() {
    List<Answer> answers = run(pay(1), pay(2, "refuse"), pay(3));

    assertThat(answers)
        .extracting(Answer::outcome)
        .containsExactly(Outcome.SUCCEEDED, Outcome.REJECTED, Outcome.SUCCEEDED);
    assertThat(answers.get(1).problem()).contains(new Problem("TOO_POOR", "No money"));
    assertThat(answers.get(1).type().name()).isEqualTo("ProcessPaymentRejected");
    assertThat(fence.effects).containsExactly("took 1", "took 3");
    assertThat(fence.states()).containsExactlyInAnyOrder(DONE, REJECTED, DONE);
    assertThat(fence.commits).isEqualTo(2);
  }

  @Test
  void shouldAnswerRecordedRefusal_whenRepeated() {
    Answer first = run(pay(1, "refuse")).getFirst();

    Answer again = run(pay(1)).getFirst();

    assertThat(again.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(again.payload()).isEqualTo(first.payload());
    assertThat(again.problem()).isEqualTo(first.problem());
    assertThat(again.repeated()).isTrue();
    assertThat(runs).containsExactly("1");
    assertThat(fence.effects).isEmpty();
  }

  @Test
  void shouldHarmNobodyElse_whenOneFails() {
    List<Answer> answers =
        run(pay(1), pay(2, "fail"), pay(3), pay(4, "throw"), pay(5, "error"), pay(6));

    assertThat(answers)
        .extracting(answer -> answer.outcome().wireName())
        .containsExactly("succeeded", "failed", "succeeded", "failed", "failed", "succeeded");
    assertThat(answers.get(1).problem()).contains(new Problem("BANK_AWAY", "Try later"));
    assertThat(answers.get(3).problem()).contains(new Problem("TRANSIENT", "Broken"));
    assertThat(answers.get(1).type().name()).isEqualTo("ProcessPaymentFailed");
    assertThat(fence.effects).containsExactly("took 1", "took 3", "took 6");
    assertThat(fence.states()).hasSize(3).containsOnly(DONE);
  }

  @Test
  void shouldRunAgain_whenFailedBefore() {
    run(pay(1, "fail"));

    assertThat(run(pay(1)).getFirst().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(fence.effects).containsExactly("took 1");
  }

  @Test
  void shouldFail_whenReplyIsTooLarge() {
    Answer answer = run(pay(1, "huge")).getFirst();

    assertThat(answer.problem().map(Problem::code)).contains("REPLY_TOO_LARGE");
    assertThat(fence.effects).isEmpty();
  }

  @Test
  void shouldRunEachAlone_whenCommitFails() {
    fence.beforeCommit =
        () -> {
          if (fence.effects.contains("took 2")) {
            throw new IllegalStateException("deferred constraint");
          }
        };

    List<Answer> answers = run(pay(1), pay(2), pay(3));

    assertThat(answers)
        .extracting(Answer::outcome)
        .containsExactly(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.SUCCEEDED);
    assertThat(fence.effects).containsExactly("took 1", "took 3");
  }

  @Test
  void shouldAnswerNothing_whenDatabaseIsInTrouble() {
    assertThatThrownBy(() -> run(pay(1), pay(2, "deadlock"), pay(3)))
        .isInstanceOf(RetryBatchException.class);

    assertThat(fence.effects).isEmpty();
    assertThat(fence.rows).isEmpty();
  }

  @Test
  void shouldAnswerNothing_whenCommitMeetsTrouble() {
    fence.beforeCommit =
        () -> {
          throw new RuntimeException(new SQLException("gone", "08006"));
        };

    assertThatThrownBy(() -> run(pay(1))).isInstanceOf(RetryBatchException.class);
  }

  @Test
  void shouldUndoWithActionsReply_whenCompensationFollowsInSameBatch() {
    List<Answer> answers = run(pay(1), refund(1), refund(1));

    assertThat(answers).extracting(Answer::outcome).containsOnly(Outcome.SUCCEEDED);
    assertThat(answers.get(1).payload()).contains("PAY-1");
    assertThat(answers.get(2).payload()).isEqualTo(answers.get(1).payload());
    assertThat(answers.get(2).repeated()).isTrue();
    assertThat(fence.effects).containsExactly("took 1", "gave back PAY-1");
    assertThat(fence.states()).containsExactly(COMPENSATED);
  }

  @Test
  void shouldRefuseAction_whenCompensated() {
    run(pay(1), refund(1));

    Answer late = run(pay(1)).getFirst();

    assertThat(late.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(late.problem().map(Problem::code)).contains("COMPENSATED");
    assertThat(fence.effects).containsExactly("took 1", "gave back PAY-1");
  }

  @Test
  void shouldTombstone_whenCompensationComesFirst() {
    List<Answer> answers = run(refund(1), refund(1), pay(1));

    assertThat(answers)
        .extracting(Answer::outcome)
        .containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED, Outcome.REJECTED);
    assertThat(answers.get(0).type().name()).isEqualTo("NothingCompensated");
    assertThat(answers.get(1).payload()).isEqualTo(answers.get(0).payload());
    assertThat(answers.get(2).problem().map(Problem::code)).contains("TOMBSTONED");
    assertThat(runs).isEmpty();
    assertThat(fence.states()).containsExactly(TOMBSTONED);
  }

  @Test
  void shouldUndoNothing_whenActionWasRefused() {
    List<Answer> answers = run(pay(1, "refuse"), refund(1));

    assertThat(answers.get(1).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(answers.get(1).type().name()).isEqualTo("NothingCompensated");
    assertThat(fence.states()).containsExactly(REJECTED);
    assertThat(fence.effects).isEmpty();
  }

  @Test
  void shouldNotRecord_whenCompensationIsRefused() {
    run(pay(1));
    refundsWork = false;
    refundTrouble = new BusinessRefusal("TOO_LATE", "Closed");

    Answer refused = run(refund(1)).getFirst();
    refundsWork = true;
    Answer again = run(refund(1)).getFirst();

    assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(refused.type().name()).isEqualTo("RefundPaymentRejected");
    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(fence.effects).containsExactly("took 1", "gave back PAY-1");
  }

  @Test
  void shouldKeepOrderAndCostLittle_whenManyAreInTrouble() {
    Delivery<?, ?>[] batch =
        IntStream.range(0, 100)
            .mapToObj(i -> pay(i, i % 10 == 5 ? "refuse" : i % 10 == 7 ? "fail" : ""))
            .toArray(Delivery<?, ?>[]::new);

    List<Answer> answers = run(batch);

    assertThat(answers.stream().filter(a -> a.outcome() == Outcome.SUCCEEDED)).hasSize(80);
    assertThat(fence.effects)
        .containsExactlyElementsOf(
            IntStream.range(0, 100)
                .filter(i -> i % 10 != 5 && i % 10 != 7)
                .mapToObj(i -> "took " + i)
                .toList());
    assertThat(runs).hasSizeLessThan(250);
    assertThat(fence.commits).isLessThan(40);
  }

  private List<Answer> run(Delivery<?, ?>... batch) {
    return runner.run("payment", List.of(batch));
  }

  private Delivery<?, ?> pay(int n) {
    return pay(n, "");
  }

  private Delivery<?, ?> pay(int n, String behaviour) {
    return read(
        CommandRecords.action(
            "payment",
            saga(n),
            "ProcessPayment",
            "{\"orderId\":\"%d\",\"amount\":9.50,\"behaviour\":\"%s\"}".formatted(n, behaviour)));
  }

  private Delivery<?, ?> refund(int n) {
    return read(
        CommandRecords.compensation(
            "payment", saga(n), "RefundPayment", "{\"orderId\":\"%d\"}".formatted(n)));
  }

  private Delivery<?, ?> read(CommandRecords record) {
    return ((Readable)
            new CommandReader(codec, 10_000).read(payment, record.consumed(), shard -> true))
        .delivery();
  }

  private static SagaId saga(int n) {
    return new SagaId(new UUID(n, n));
  }
}
