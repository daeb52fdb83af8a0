package io.skald.testkit;

import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Transition;
import io.skald.saga.Retry;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One saga through the faults of one case, until it has come to rest and everything was said twice.
 * It knows what the journal says, and no order of steps: several commands may be under way.
 */
final class CaseRun<D> {

  private static final int MOST_MOVES = 100_000;

  /** How long a dead orchestrator's shards wait for their next owner. */
  private static final Duration OUTAGE = Duration.ofSeconds(6);

  private final SagaRun<D> saga;
  private final Trouble trouble;
  private final SampleReplies samples;
  private final StepLaws laws;
  private final ModelParticipants participants;
  private final Signals signals;
  private final EndLaws<D> endLaws;
  private final int failures;
  private final Deque<CommandIssued> commands = new ArrayDeque<>();
  private final Deque<Input.ReplyReceived> replies = new ArrayDeque<>();
  private final List<Input.ReplyReceived> held = new ArrayList<>();
  private final List<CommandIssued> lost = new ArrayList<>();
  private final List<Input.ReplyReceived> all = new ArrayList<>();

  CaseRun(SagaRun<D> saga, Trouble trouble, MatrixSettings settings, StepLaws laws) {
    this.saga = saga;
    this.trouble = trouble;
    this.samples = settings.samples();
    this.laws = laws;
    this.participants = new ModelParticipants(trouble);
    this.signals = new Signals(saga, settings.signals(), trouble);
    this.endLaws = new EndLaws<>(saga, participants, signals, new StoryOrder(saga.definition()));
    this.failures = settings.failures();
  }

  static List<CommandIssued> issued(List<JournalEntry> entries) {
    return entries.stream()
        .filter(CommandIssued.class::isInstance)
        .map(CommandIssued.class::cast)
        .toList();
  }

  /** Throws {@link Broken} when a law does not hold. */
  void run(D data) {
    give("asked to start", saga.start(data));
    signals.sagaHasStarted();
    settle();
    trouble.end();
    SagaState atRest = saga.state();
    findWhatWasLost();
    laws.checkUnchanged(atRest, saga.state());
    endLaws.check();
    sayEverythingAgain();
    laws.checkUnchanged(atRest, saga.state());
    endLaws.check();
  }

  private void settle() {
    for (int i = 0; i < MOST_MOVES; i++) {
      if (!move()) {
        return;
      }
    }
    throw new Broken(
        Law.NO_REST, "Expected it to end, but after " + MOST_MOVES + " moves it still goes on");
  }

  /** Whether there was anything left to happen. */
  private boolean move() {
    releaseWhatIsLate();
    Optional<Input.SignalSent> signal = signals.next();
    if (signal.isPresent()) {
      signal(signal.get());
      return true;
    }
    if (!commands.isEmpty()) {
      deliver(commands.removeFirst());
      return true;
    }
    if (!replies.isEmpty()) {
      arrive(replies.removeFirst());
      return true;
    }
    return switch (saga.state()) {
      case SagaState.Active active -> wake(active);
      case SagaState.Parked parked -> !signals.isStuck(parked) && resume();
      case SagaState.Queued queued -> false;
      case SagaState.Held held -> false;
      case SagaState.Terminal ended -> false;
    };
  }

  private void deliver(CommandIssued command) {
    if (trouble.losesCommand(command)) {
      tell("lost: the command for " + Story.named(command.step() + "", command.phase()));
      lost.add(command);
      return;
    }
    for (int i = trouble.repeats(command) ? 2 : 1; i > 0; i--) {
      Outcome outcome = participants.handle(command);
      tell(ModelParticipants.said(command, outcome));
      answer(command, reply(command, outcome));
    }
    if (trouble.cancels(command)) {
      give(
          "asked to cancel",
          new Input.CancelRequested(saga.nextCause(), "tester", "to turn it back"));
    }
  }

  private void answer(CommandIssued command, Input.ReplyReceived reply) {
    all.add(reply);
    if (trouble.losesReply(command)) {
      tell("lost: that answer");
    } else if (trouble.holdsReply(command)) {
      tell("late: that answer");
      held.add(reply);
    } else {
      replies.add(reply);
      if (trouble.repeats(command)) {
        replies.add(reply);
      }
    }
  }

  private Input.ReplyReceived reply(CommandIssued command, Outcome outcome) {
    StepDefinition<D> definition = saga.definitionOf(command.step());
    boolean isRead = command.phase() == Phase.ACTION && outcome == Outcome.SUCCEEDED;
    return new Input.ReplyReceived(
        saga.nextCause(),
        command.participant(),
        command.step(),
        command.phase(),
        command.attempts().number(),
        outcome,
        isRead ? MessageType.of(definition.replyType()) : command.command(),
        isRead ? samples.replyTo(command, definition.replyType()) : "{}",
        outcome == Outcome.SUCCEEDED
            ? Optional.empty()
            : Optional.of(new Problem(outcome.name(), "said by the failure matrix")));
  }

  private void releaseWhatIsLate() {
    for (Input.ReplyReceived reply : List.copyOf(held)) {
      PhaseState phase = saga.phaseOf(reply.step() + "", reply.phase()).orElseThrow();
      if (!phase.isOpen() || phase.attempts().number() != reply.attempt()) {
        held.remove(reply);
        replies.addFirst(reply);
      }
    }
  }

  private boolean wake(SagaState.Active active) {
    for (StepState step : active.core().steps()) {
      step.phase(active.phase())
          .filter(PhaseState::isOpen)
          .flatMap(phase -> endOfPatience(active, step, phase))
          .ifPresent(saga::moveClockTo);
    }
    saga.moveClockTo(active.nextDueAt().orElseThrow());
    give("woken", new Input.TimerFired(saga.nextCause()));
    return true;
  }

  /** Where attempts go wrong without end, the first few tell enough: then the budget is up. */
  private Optional<Instant> endOfPatience(
      SagaState.Active active, StepState step, PhaseState phase) {
    int used = phase.attempts().number() - phase.attempts().first() + 1;
    if (used <= failures || !trouble.isEndless(step.name(), active.phase())) {
      return Optional.empty();
    }
    Retry retry = Patience.retryOf(saga.definitionOf(step.name()), active.phase());
    if (retry.maxDuration().isPresent()) {
      return Optional.of(phase.attempts().since().plus(retry.maxDuration().get()));
    }
    return retry.maxAttempts().isPresent() ? Optional.empty() : active.core().deadline();
  }

  private boolean resume() {
    trouble.heal();
    give(
        "an operator resumes it",
        new Input.ResumeRequested(saga.nextCause(), "tester", "all is mended"));
    return true;
  }

  private void give(String happening, Input input) {
    Decision decision = decided(input);
    if (trouble.crashes(Fault.CRASH_BEFORE, input, decision)) {
      restart("the orchestrator dies before it has committed: " + happening);
      decision = decided(input);
    }
    saga.take(happening, decision);
    laws.check(decision);
    signals.recorded(decision.transition().map(Transition::entries).orElse(List.of()));
    publish(decision);
    if (trouble.crashes(Fault.CRASH_AFTER, input, decision)) {
      restart("the orchestrator dies after it has committed; all commands of that are sent again");
      publish(decision);
    }
  }

  private Decision decided(Input input) {
    Decision decision = saga.decide(input);
    laws.checkPure(decision, saga.decide(input));
    return decision;
  }

  private void restart(String happening) {
    tell(happening);
    saga.rebuild();
    saga.moveClockTo(saga.now().plus(OUTAGE));
  }

  private void publish(Decision decision) {
    commands.addAll(issued(decision.transition().map(Transition::entries).orElse(List.of())));
  }

  /** Commands that were lost arrive when all is over; behind a compensation they are refused. */
  private void findWhatWasLost() {
    lost.forEach(this::deliver);
    answerAll();
  }

  /** Then every command, every reply and every signal comes once more. */
  private void sayEverythingAgain() {
    tell("all commands arrive again, and all replies and signals");
    signals.all().forEach(this::signal);
    saga.commands().forEach(this::deliver);
    replies.addAll(all);
    answerAll();
  }

  private void answerAll() {
    while (!replies.isEmpty()) {
      arrive(replies.removeFirst());
    }
  }

  private void arrive(Input.ReplyReceived reply) {
    give(
        "the answer to attempt "
            + reply.attempt()
            + " at "
            + Story.named(reply.step() + "", reply.phase())
            + " arrives: "
            + reply.outcome(),
        reply);
  }

  private void signal(Input.SignalSent signal) {
    give("signal '" + signal.block() + "' comes", signal);
  }

  private void tell(String happening) {
    saga.story().note(saga.now(), happening);
  }
}
