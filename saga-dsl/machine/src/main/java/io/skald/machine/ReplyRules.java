package io.skald.machine;

import io.skald.machine.Input.ReplyReceived;
import io.skald.machine.JournalEntry.AttemptFailed;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import io.skald.saga.message.UnreadablePayloadException;
import java.util.Optional;

/** What a participant's answer does to a saga. */
final class ReplyRules {

  private ReplyRules() {}

  static <D> Decision decide(Turn<D> turn, ReplyReceived reply) {
    Optional<StepDefinition<D>> definition = turn.definition().step(reply.step());
    if (definition.isEmpty()) {
      return turn.refused(
          "Expected a reply to a step of "
              + turn.definition()
              + ", but found step '"
              + reply.step()
              + "'");
    }
    if (!definition.get().participant().equals(reply.participant())) {
      return turn.refused(
          "Expected the reply to step '"
              + reply.step()
              + "' from participant '"
              + definition.get().participant()
              + "', but it came from '"
              + reply.participant()
              + "'");
    }
    return switch (turn.state()) {
      case SagaState.Terminal ended -> {
        FamilyRules.letGoLate(ended, reply).forEach(turn::record);
        yield turn.ignored(IgnoreReason.TERMINAL, detail(reply));
      }
      case SagaState.Held held -> turn.ignored(IgnoreReason.ALREADY_SETTLED, detail(reply));
      case SagaState.Parked parked -> turn.ignored(IgnoreReason.PARKED, detail(reply));
      case SagaState.Queued queued -> turn.ignored(IgnoreReason.NEVER_ISSUED, detail(reply));
      case SagaState.Active active -> whileActive(turn, active, definition.get(), reply);
    };
  }

  private static <D> Decision whileActive(
      Turn<D> turn, SagaState.Active active, StepDefinition<D> definition, ReplyReceived reply) {
    Optional<StepState> step = active.core().step(reply.step());
    if (step.flatMap(s -> s.phase(reply.phase())).isEmpty()) {
      return turn.ignored(IgnoreReason.NEVER_ISSUED, detail(reply));
    }
    PhaseState phase = step.get().phase(reply.phase()).orElseThrow();
    if (!phase.isOpen()) {
      return turn.ignored(
          reply.phase() == active.phase() ? IgnoreReason.ALREADY_SETTLED : IgnoreReason.TURNED_BACK,
          detail(reply));
    }
    return switch (reply.outcome()) {
      case SUCCEEDED ->
          switch (reply.phase()) {
            case ACTION -> succeeded(turn, definition, reply);
            case COMPENSATION -> compensated(turn, reply);
          };
      case REJECTED ->
          switch (reply.phase()) {
            case ACTION -> rejected(turn, step.get(), reply);
            // A compensation has no right to refuse: it is tried again like one that failed.
            case COMPENSATION -> failed(turn, step.get(), phase, reply);
          };
      case FAILED -> failed(turn, step.get(), phase, reply);
    };
  }

  private static <D> Decision succeeded(
      Turn<D> turn, StepDefinition<D> definition, ReplyReceived reply) {
    MessageType expected = MessageType.of(definition.replyType());
    if (!turn.userCode().isAnswer(definition, reply.type())) {
      return turn.refused(
          "Expected step '"
              + reply.step()
              + "' to be answered by "
              + expected
              + ", but found "
              + reply.type());
    }
    Object answer;
    try {
      answer = turn.userCode().decodeReply(definition, reply.type(), reply.payload());
    } catch (UnreadablePayloadException unreadable) {
      return turn.refused(
          "Expected the payload of a " + expected + ", but " + unreadable.getMessage());
    }
    Optional<String> data = turn.userCode().fold(definition, reply.step(), turn.core(), answer);
    String canonical = turn.userCode().encodeReply(definition, turn.core(), answer);
    turn.record(new StepSucceeded(reply.step(), reply.attempt(), canonical, data));
    turn.goOn();
    return turn.applied();
  }

  private static <D> Decision compensated(Turn<D> turn, ReplyReceived reply) {
    turn.record(new StepCompensated(reply.step(), reply.attempt()));
    turn.retreat();
    return turn.applied();
  }

  private static <D> Decision rejected(Turn<D> turn, StepState step, ReplyReceived reply) {
    Problem problem = problemOf(reply);
    turn.record(new StepRejected(reply.step(), reply.attempt(), problem));
    if (!turn.isRunning()) {
      turn.retreat();
    } else if (step.kind() == StepKind.RETRIABLE) {
      turn.park(ParkReason.STEP_REJECTED, reply.step(), problem);
    } else {
      turn.turnBack(
          CompensationCause.STEP_REJECTED,
          Optional.of(reply.step()),
          Optional.of(problem),
          Optional.empty());
    }
    return turn.applied();
  }

  /** Only the attempt under way can fail; an earlier one's failure says nothing about it. */
  private static <D> Decision failed(
      Turn<D> turn, StepState step, PhaseState phase, ReplyReceived reply) {
    if (!(phase instanceof PhaseState.AwaitingReply)
        || phase.attempts().number() != reply.attempt()) {
      return turn.ignored(IgnoreReason.STALE_ATTEMPT, detail(reply));
    }
    Problem problem = problemOf(reply);
    turn.attemptWentWrong(
        step,
        reply.phase(),
        problem,
        retryAt ->
            new AttemptFailed(reply.step(), reply.phase(), reply.attempt(), problem, retryAt));
    return turn.applied();
  }

  private static Problem problemOf(ReplyReceived reply) {
    return reply
        .problem()
        .orElseGet(() -> new Problem(reply.outcome().name(), "The participant gave no reason"));
  }

  private static String detail(ReplyReceived reply) {
    return reply.step()
        + "/"
        + (reply.phase() == Phase.ACTION ? "action" : "compensation")
        + " attempt "
        + reply.attempt()
        + " "
        + reply.outcome().wireName();
  }
}
