package io.skald.machine;

import io.skald.machine.JournalEntry.AttemptFailed;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.JournalEntry.ParentAsked;
import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaHeld;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaReleased;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.machine.JournalEntry.SignalKept;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.JournalEntry.TimeoutMoved;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.machine.JournalEntry.WayChosen;
import io.skald.machine.PhaseState.AwaitingReply;
import io.skald.machine.PhaseState.AwaitingRetry;
import io.skald.machine.PhaseState.Rejected;
import io.skald.machine.PhaseState.Succeeded;
import io.skald.machine.PhaseState.Unknown;
import io.skald.machine.SagaState.Aborted;
import io.skald.machine.SagaState.Active;
import io.skald.machine.SagaState.Compensated;
import io.skald.machine.SagaState.Compensating;
import io.skald.machine.SagaState.Completed;
import io.skald.machine.SagaState.Held;
import io.skald.machine.SagaState.Parked;
import io.skald.machine.SagaState.Queued;
import io.skald.machine.SagaState.Running;
import io.skald.machine.SagaState.Terminal;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a journal entry makes of a state. It calls no function of the definition, so a state can be
 * rebuilt from the journal alone, whatever has become of the code.
 */
public final class Evolution {

  /** Nobody reads what a compensation answered. */
  private static final String NO_REPLY = "null";

  private Evolution() {}

  /**
   * The state after a transition.
   *
   * @param before empty exactly when the transition starts the saga
   * @throws IllegalStateException when the transition does not follow on the state
   */
  public static SagaState apply(Optional<SagaState> before, Transition transition) {
    long expected = before.map(state -> state.core().seq() + 1).orElse(1L);
    boolean same = before.map(state -> state.core().id().equals(transition.saga())).orElse(true);
    if (transition.seq() != expected || !same) {
      throw new IllegalStateException(
          "Expected transition "
              + expected
              + " of saga '"
              + before.map(state -> state.core().id()).orElse(transition.saga())
              + "', but found "
              + transition.seq()
              + " of saga '"
              + transition.saga()
              + "'");
    }
    Optional<SagaState> state = before;
    for (JournalEntry entry : transition.entries()) {
      state = Optional.of(apply(state, entry, transition.seq(), transition.at()));
    }
    return state.orElseThrow();
  }

  static SagaState apply(Optional<SagaState> before, JournalEntry entry, long seq, Instant at) {
    if (before.isPresent()) {
      return stamped(next(before.get(), entry, at), seq, at);
    }
    if (entry instanceof SagaStarted started) {
      return started(started, seq, at);
    }
    throw new IllegalStateException(
        "Expected a journal to begin with SagaStarted, but found "
            + entry.getClass().getSimpleName());
  }

  private static SagaState started(SagaStarted entry, long seq, Instant at) {
    return new Running(
        new SagaCore(
            entry.id(),
            entry.definition(),
            entry.version(),
            entry.fingerprint(),
            entry.key(),
            entry.startDigest(),
            at,
            entry.deadline(),
            entry.place(),
            at,
            seq,
            entry.data(),
            List.of(),
            List.of(),
            entry.parent()));
  }

  private static SagaState next(SagaState state, JournalEntry entry, Instant at) {
    return switch (entry) {
      case SagaStarted again -> throw misplaced(state, again);
      case SagaQueued queued -> {
        if (state instanceof Running running && running.core().steps().isEmpty()) {
          yield new Queued(running.core(), queued.behind(), queued.allowance());
        }
        throw misplaced(state, queued);
      }
      case SagaTurnCame came -> {
        if (state instanceof Queued queued) {
          yield new Running(queued.core().withDeadline(came.deadline()));
        }
        throw misplaced(state, came);
      }
      case CommandIssued issued -> issued(active(state, entry), issued, at);
      case StepSucceeded succeeded -> {
        Active active = active(state, entry);
        Active settled =
            phase(
                active,
                succeeded.step(),
                Phase.ACTION,
                was -> new Succeeded(was.attempts(), at, succeeded.reply(), was.problem()));
        yield withData(settled, succeeded.data());
      }
      case StepRejected rejected ->
          phase(
              active(state, entry),
              rejected.step(),
              Phase.ACTION,
              was -> new Rejected(was.attempts(), at, Optional.of(rejected.problem())));
      case StepCompensated compensated ->
          phase(
              active(state, entry),
              compensated.step(),
              Phase.COMPENSATION,
              was -> new Succeeded(was.attempts(), at, NO_REPLY, was.problem()));
      case AttemptFailed failed ->
          retrying(
              state, entry, failed.step(), failed.phase(), failed.retryAt(), failed.problem(), at);
      case AttemptTimedOut late ->
          retrying(state, entry, late.step(), late.phase(), late.retryAt(), late.problem(), at);
      case StepGivenUp givenUp ->
          phase(
              active(state, entry),
              givenUp.step(),
              givenUp.phase(),
              was -> new Unknown(was.attempts(), at, Optional.of(givenUp.problem())));
      case TimeoutMoved moved ->
          phase(
              active(state, entry),
              moved.step(),
              moved.phase(),
              was -> {
                if (was instanceof AwaitingReply awaiting) {
                  Duration wait = Duration.between(awaiting.timeoutAt(), moved.timeoutAt());
                  return new AwaitingReply(
                      was.attempts().paused(wait), was.at(), moved.timeoutAt(), was.problem());
                }
                throw misplaced(state, moved);
              });
      case WayChosen chosen ->
          block(state, entry, new BlockState.Chosen(chosen.block(), chosen.otherwise()));
      case ItemsTaken taken ->
          block(state, entry, new BlockState.Items(taken.block(), taken.items()));
      case WaitBegan began ->
          block(state, entry, new BlockState.Waiting(began.block(), at, began.until()));
      case WaitPassed passed -> block(state, entry, new BlockState.Passed(passed.block(), at));
      case SignalKept kept -> {
        BlockState keep = new BlockState.Kept(kept.block(), kept.signal(), kept.payload());
        yield switch (state) {
          case Parked parked ->
              within(parked, interrupted -> interrupted.with(interrupted.core().withBlock(keep)));
          case Queued queued -> queued.with(queued.core().withBlock(keep));
          default -> block(state, entry, keep);
        };
      }
      case SignalTaken taken ->
          withData(
              block(state, entry, new BlockState.Signalled(taken.block(), taken.signal(), at)),
              taken.data());
      case StepSkipped skipped ->
          withData(
              phase(
                  active(state, entry),
                  skipped.step(),
                  skipped.phase(),
                  was -> new Succeeded(was.attempts(), at, skipped.reply(), was.problem())),
              skipped.data());
      case RetryHastened hastened -> state;
      case SagaCompensating back -> compensating(state, back, at);
      case SagaParked parked ->
          new Parked(active(state, entry), parked.reason(), parked.step(), parked.problem(), at);
      case SagaResumed resumed -> {
        if (state instanceof Parked parked) {
          yield parked.interrupted();
        }
        throw misplaced(state, resumed);
      }
      case SagaCompleted completed -> {
        if (state instanceof Running || state instanceof Held) {
          yield new Completed(state.core(), at);
        }
        throw misplaced(state, completed);
      }
      case SagaCompensated compensated -> {
        if (state instanceof Compensating back) {
          yield new Compensated(back.core(), back.cause(), back.failedStep(), back.problem(), at);
        }
        throw misplaced(state, compensated);
      }
      case SagaAborted aborted -> {
        if (state instanceof Terminal) {
          throw misplaced(state, aborted);
        }
        yield new Aborted(state.core(), aborted.actor(), aborted.reason(), at);
      }
      case SagaHeld held -> {
        if (state instanceof Running running) {
          yield new Held(running.core(), at);
        }
        throw misplaced(state, held);
      }
      case SagaReleased released -> withParent(state, entry, ParentLink::released);
      case ParentAsked asked ->
          withParent(state, entry, link -> link.asked(asked.phase(), asked.attempt()));
      case ParentAnswered answered -> state;
      case ChildReleased released -> state;
      case InputIgnored ignored -> state;
    };
  }

  private static SagaState withParent(
      SagaState state, JournalEntry entry, UnaryOperator<ParentLink> change) {
    return switch (state) {
      case Active active -> active.with(active.core().withParent(change));
      case Parked parked ->
          within(parked, interrupted -> interrupted.with(interrupted.core().withParent(change)));
      case Held held -> new Held(held.core().withParent(change), held.at());
      case Queued queued -> throw misplaced(state, entry); // It is nobody's child.
      case Terminal ended -> throw misplaced(state, entry);
    };
  }

  private static Active issued(Active state, CommandIssued entry, Instant at) {
    SagaCore core = state.core();
    Optional<Problem> lastProblem =
        core.step(entry.step())
            .flatMap(step -> step.phase(entry.phase()))
            .flatMap(PhaseState::problem);
    PhaseState awaiting = new AwaitingReply(entry.attempts(), at, entry.timeoutAt(), lastProblem);
    if (core.step(entry.step()).isEmpty()) {
      return state.with(
          core.withStep(
              new StepState(
                  entry.step(), entry.kind(), awaiting, Optional.empty(), entry.child())));
    }
    return state.with(core.changing(entry.step(), step -> step.with(entry.phase(), awaiting)));
  }

  private static Active retrying(
      SagaState state,
      JournalEntry entry,
      StepName step,
      Phase phase,
      Instant retryAt,
      Problem problem,
      Instant at) {
    return phase(
        active(state, entry),
        step,
        phase,
        was -> new AwaitingRetry(was.attempts(), at, retryAt, Optional.of(problem)));
  }

  private static Active block(SagaState state, JournalEntry entry, BlockState block) {
    Active active = active(state, entry);
    return active.with(active.core().withBlock(block));
  }

  private static Active withData(Active state, Optional<String> data) {
    return data.isEmpty() ? state : state.with(state.core().withData(data.get()));
  }

  private static Parked within(Parked parked, UnaryOperator<Active> change) {
    return new Parked(
        change.apply(parked.interrupted()),
        parked.reason(),
        parked.step(),
        parked.problem(),
        parked.since());
  }

  /**
   * A step that is under way when the saga turns back may or may not have happened: law L3. Only
   * when it turns back because of another step it is still given the time to answer its attempt.
   */
  private static SagaState compensating(SagaState state, SagaCompensating entry, Instant at) {
    if (state instanceof Terminal || state instanceof Compensating) {
      throw misplaced(state, entry);
    }
    SagaCore core = state.core();
    for (StepState step : core.steps()) {
      if (step.action().isOpen() && !settles(step, state, entry)) {
        Problem problem =
            new Problem(Problem.TURNED_BACK, "The saga turned back before an answer came");
        core =
            core.changing(
                step.name(),
                open ->
                    open.with(
                        Phase.ACTION,
                        new Unknown(open.action().attempts(), at, Optional.of(problem))));
      }
    }
    return new Compensating(core, entry.cause(), entry.failedStep(), entry.problem());
  }

  private static boolean settles(StepState step, SagaState state, SagaCompensating entry) {
    return state instanceof Running
        && step.action() instanceof AwaitingReply
        && switch (entry.cause()) {
          case STEP_REJECTED, STEP_GIVEN_UP, NO_SIGNAL -> true;
          case CANCELLED, DEADLINE_PASSED, PARENT_TURNED_BACK -> false;
        };
  }

  private static Active phase(
      Active state, StepName name, Phase phase, Function<PhaseState, PhaseState> change) {
    return state.with(
        state
            .core()
            .changing(
                name, step -> step.with(phase, change.apply(step.phase(phase).orElseThrow()))));
  }

  private static SagaState stamped(SagaState state, long seq, Instant at) {
    SagaCore core = state.core().at(seq, at);
    return switch (state) {
      case Active active -> active.with(core);
      case Parked parked -> within(parked, interrupted -> interrupted.with(core));
      case Queued queued -> queued.with(core);
      case Held held -> new Held(core, held.at());
      case Completed completed -> new Completed(core, completed.at());
      case Compensated back ->
          new Compensated(core, back.cause(), back.failedStep(), back.problem(), back.at());
      case Aborted aborted -> new Aborted(core, aborted.actor(), aborted.reason(), aborted.at());
    };
  }

  private static Active active(SagaState state, JournalEntry entry) {
    if (state instanceof Active active) {
      return active;
    }
    throw misplaced(state, entry);
  }

  private static IllegalStateException misplaced(SagaState state, JournalEntry entry) {
    return new IllegalStateException(
        "Expected entry "
            + entry.getClass().getSimpleName()
            + " never to meet saga '"
            + state.core().id()
            + "' while it is "
            + state.status());
  }
}
