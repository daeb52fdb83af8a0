package io.skald.testkit;

import io.skald.machine.Input;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the replies and signals that a test plays by hand, and remembers them. */
final class Answers {

  private static final MessageType NOT_READ = new MessageType("Answer", 1);

  private final SagaRun<?> saga;
  private final List<Input.ReplyReceived> given = new ArrayList<>();
  private Optional<Input.SignalSent> latestSignal = Optional.empty();

  Answers(SagaRun<?> saga) {
    this.saga = saga;
  }

  /** An answer to the latest attempt. */
  Input.ReplyReceived toLatest(String step, Phase phase, Outcome outcome, Answer answer) {
    return remembered(answered(commands(step, phase).getLast(), outcome, answer));
  }

  /** An answer to the first attempt, for which the saga has stopped waiting. */
  Input.ReplyReceived late(String step, Outcome outcome, Answer answer) {
    CommandIssued first = commands(step, Phase.ACTION).getFirst();
    PhaseState phase = saga.phaseOf(step, Phase.ACTION).orElseThrow();
    if (phase instanceof PhaseState.AwaitingReply
        && phase.attempts().number() == first.attempts().number()) {
      throw saga.failure(
          "Expected the first attempt at step '"
              + step
              + "' to have timed out, but its answer would be in time; let it stay silent first");
    }
    return remembered(answered(first, outcome, answer));
  }

  Input.ReplyReceived latest() {
    if (given.isEmpty()) {
      throw saga.failure("Expected a reply to repeat, but there was none");
    }
    return given.getLast();
  }

  Input.ReplyReceived latest(String step) {
    return given.reversed().stream()
        .filter(reply -> reply.step().toString().equals(step))
        .findFirst()
        .orElseThrow(
            () ->
                saga.failure(
                    "Expected a reply of step '" + step + "' to repeat, but there was none"));
  }

  /** A signal of which nobody knew yet. */
  Input.SignalSent signal(String await, Object signal) {
    String id = saga.nextCause();
    Input.SignalSent sent =
        new Input.SignalSent(id, id, StepName.parse(await), saga.codec().encode(signal));
    latestSignal = Optional.of(sent);
    return sent;
  }

  Input.SignalSent latestSignal() {
    return latestSignal.orElseThrow(
        () -> saga.failure("Expected a signal to repeat, but there was none"));
  }

  /** What a participant says besides its outcome. */
  record Answer(Optional<Object> reply, Optional<Problem> problem) {

    static Answer of(Object reply) {
      return new Answer(Optional.of(reply), Optional.empty());
    }

    static Answer because(String code) {
      return new Answer(Optional.empty(), Optional.of(new Problem(code, "said by the test")));
    }

    static Answer empty() {
      return new Answer(Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
      return problem.map(p -> " " + p.code()).orElse("") + reply.map(r -> " " + r).orElse("");
    }
  }

  private List<CommandIssued> commands(String step, Phase phase) {
    List<CommandIssued> commands =
        saga.commands().stream()
            .filter(c -> c.step().toString().equals(step) && c.phase() == phase)
            .toList();
    if (commands.isEmpty()) {
      throw saga.failure(
          "Expected a command for " + Story.named(step, phase) + " to answer, but none was sent");
    }
    return commands;
  }

  private Input.ReplyReceived answered(CommandIssued command, Outcome outcome, Answer answer) {
    return new Input.ReplyReceived(
        saga.nextCause(),
        command.participant(),
        command.step(),
        command.phase(),
        command.attempts().number(),
        outcome,
        answer.reply().map(reply -> MessageType.of(reply.getClass())).orElse(NOT_READ),
        answer.reply().map(saga.codec()::encode).orElse("{}"),
        answer.problem());
  }

  private Input.ReplyReceived remembered(Input.ReplyReceived reply) {
    given.add(reply);
    return reply;
  }
}
