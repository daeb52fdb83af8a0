package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.BlockState;
import io.skald.machine.CompensationCause;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;

/** Asserts of a saga, each with the story so far in its message. */
final class Expectations {

  private final SagaRun<?> saga;

  Expectations(SagaRun<?> saga) {
    this.saga = saga;
  }

  <T> ObjectAssert<T> that(T actual, String what) {
    return told(assertThat(actual), what);
  }

  private <T> ListAssert<T> that(List<T> actual, String what) {
    return told(assertThat(actual), what);
  }

  <C> C command(String step, Class<C> type) {
    CommandIssued latest = saga.latestCommand(step);
    MessageType expected = MessageType.of(type);
    if (!latest.command().equals(expected)) {
      throw saga.failure(
          "Expected the latest command for step '"
              + step
              + "' to be a "
              + expected
              + ", but found a "
              + latest.command());
    }
    return saga.codec().decode(latest.payload(), type);
  }

  <C> void command(String step, Class<C> type, Consumer<? super C> check) {
    that(command(step, type), latestCommandOf(step)).satisfies(check::accept);
  }

  void commandEquals(String step, Object expected) {
    that(command(step, expected.getClass()), latestCommandOf(step)).isEqualTo(expected);
  }

  void sent(String what, Phase phase, String... steps) {
    List<String> sent =
        saga.commands().stream()
            .filter(command -> command.phase() == phase)
            .map(command -> command.step().toString())
            .distinct()
            .toList();
    that(sent, what).containsExactly(steps);
  }

  void underWay(String... steps) {
    List<String> open =
        saga.state().core().steps().stream()
            .filter(
                step ->
                    step.action().isOpen()
                        || step.compensation().filter(PhaseState::isOpen).isPresent())
            .map(step -> step.name().toString())
            .toList();
    that(open, "What is under way").containsExactly(steps);
  }

  void waitingAt(String block) {
    told(
            assertThat(saga.state().core().block(StepName.parse(block))),
            "Whether the saga waits at '" + block + "'")
        .containsInstanceOf(BlockState.Waiting.class);
  }

  void attempt(String step, int number) {
    that(saga.latestCommand(step).attempts().number(), "The latest attempt at step '" + step + "'")
        .isEqualTo(number);
  }

  void cause(CompensationCause expected) {
    List<CompensationCause> causes =
        saga.entries(SagaCompensating.class).stream().map(SagaCompensating::cause).toList();
    that(causes, "Why the saga turned back").containsExactly(expected);
  }

  void parked(ParkReason expected) {
    if (!(saga.state() instanceof SagaState.Parked parked)) {
      throw saga.failure("Expected the saga to be PARKED, but it is " + saga.state().status());
    }
    that(parked.reason(), "Why the saga is parked").isEqualTo(expected);
  }

  private static String latestCommandOf(String step) {
    return "The latest command for step '" + step + "'";
  }

  private <A extends AbstractAssert<A, ?>> A told(A assertion, String what) {
    return assertion.as(() -> saga.story().behind(what));
  }
}
