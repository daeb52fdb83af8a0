package io.skald.machine;

import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.JournalEntry.ParentAsked;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaHeld;
import io.skald.machine.JournalEntry.SagaReleased;
import io.skald.saga.StepKind;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What passes between a saga and those that are steps of it. None of it needs a definition, so it
 * holds for sagas whose definition is missing too.
 */
final class FamilyRules {

  /** What an answer carries that is not a success, or that nobody reads. */
  private static final String NOTHING = "null";

  private FamilyRules() {}

  /** The story is done: the end, unless what becomes of the saga is its parent's to say. */
  static List<JournalEntry> completed(SagaCore core) {
    Optional<ParentLink> parent = core.parent();
    if (parent.filter(ParentLink::held).isPresent()) {
      return List.of(new SagaHeld(), succeeded(parent.get(), core));
    }
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(new SagaCompleted());
    parent.ifPresent(link -> entries.add(succeeded(link, core)));
    entries.addAll(releases(core));
    return entries;
  }

  /** Nothing is left to undo. A child that turned back by itself is a step that was refused. */
  static List<JournalEntry> compensated(SagaCore core, Optional<Problem> problem) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(new SagaCompensated());
    core.parent().ifPresent(link -> entries.add(undone(link, problem)));
    return entries;
  }

  /** What was held for its parent has been answered for already. */
  static List<JournalEntry> aborted(SagaState state, SagaAborted abort) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(abort);
    if (!(state instanceof SagaState.Held)) {
      state.core().parent().ifPresent(link -> entries.add(failed(link, "ABORTED", abort.reason())));
    }
    entries.addAll(releases(state.core()));
    return entries;
  }

  /** What a start by a parent is to a saga that is there already: answered, or remembered. */
  static List<JournalEntry> startedAgain(SagaState state, ParentLink asking) {
    if (isAStranger(state, asking)) {
      return List.of(notItsChild(asking));
    }
    return switch (state) {
      case SagaState.Completed ended -> List.of(succeeded(asking, ended.core()));
      case SagaState.Compensated ended -> List.of(undone(asking, ended.problem()));
      case SagaState.Aborted ended -> List.of(failed(asking, "ABORTED", ended.reason()));
      case SagaState.Held held -> List.of(succeeded(asking, held.core()));
      case SagaState.Queued queued -> List.of(notItsChild(asking));
      case SagaState.Parked parked -> remembered(parked, asking);
      case SagaState.Active active -> remembered(active, asking);
    };
  }

  /** Why there is nothing to undo, or no way to; empty when there is. */
  static Optional<IgnoreReason> notToUndo(SagaState state, ParentLink asking) {
    if (isAStranger(state, asking)) {
      return Optional.of(IgnoreReason.NOT_ITS_PARENT);
    }
    return switch (state) {
      case SagaState.Terminal ended -> Optional.of(IgnoreReason.TERMINAL);
      case SagaState.Compensating back -> Optional.of(IgnoreReason.ALREADY_COMPENSATING);
      case SagaState.Parked parked when parked.interrupted() instanceof SagaState.Compensating ->
          Optional.of(IgnoreReason.ALREADY_COMPENSATING);
      case SagaState.Parked parked -> pastReturn(parked.core());
      case SagaState.Running running -> pastReturn(running.core());
      case SagaState.Held held -> pastReturn(held.core());
      case SagaState.Queued queued -> Optional.of(IgnoreReason.NOT_ITS_PARENT);
    };
  }

  /** What is recorded of a wish to be undone, before the saga turns back if it is to. */
  static List<JournalEntry> askedToUndo(SagaState state, ParentLink asking) {
    if (isAStranger(state, asking)) {
      return List.of(notItsChild(asking));
    }
    return switch (state) {
      case SagaState.Compensated ended -> List.of(undone(asking, ended.problem()));
      case SagaState.Completed ended ->
          List.of(failed(asking, "COMPLETED", "The saga has completed; it can't be undone"));
      case SagaState.Aborted ended -> List.of(failed(asking, "ABORTED", ended.reason()));
      case SagaState.Held held -> askedOnTheWay(held, asking);
      case SagaState.Queued queued -> List.of(notItsChild(asking));
      case SagaState.Parked parked -> askedOnTheWay(parked, asking);
      case SagaState.Active active -> askedOnTheWay(active, asking);
    };
  }

  private static List<JournalEntry> askedOnTheWay(SagaState state, ParentLink asking) {
    return notToUndo(state, asking).filter(IgnoreReason.PAST_RETURN::equals).isPresent()
        ? List.of(failed(asking, "PAST_RETURN", "The saga is past its point of no return"))
        : remembered(state, asking);
  }

  /** Why a release changes nothing; empty when it does. */
  static Optional<IgnoreReason> notToRelease(SagaState state) {
    return switch (state) {
      case SagaState.Terminal ended -> Optional.of(IgnoreReason.TERMINAL);
      case SagaState.Compensating back -> Optional.of(IgnoreReason.TURNED_BACK);
      case SagaState.Parked parked when parked.interrupted() instanceof SagaState.Compensating ->
          Optional.of(IgnoreReason.TURNED_BACK);
      case SagaState.Parked parked -> notHeld(parked.core());
      case SagaState.Running running -> notHeld(running.core());
      case SagaState.Held held -> Optional.empty();
      case SagaState.Queued queued -> Optional.of(IgnoreReason.NOT_HELD);
    };
  }

  /** What was held ends; what is still under way will, when its story is done. */
  static List<JournalEntry> released(SagaState state) {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(new SagaReleased());
    if (state instanceof SagaState.Held held) {
      entries.add(new SagaCompleted());
      entries.addAll(releases(held.core()));
    }
    return entries;
  }

  /** An operator took the undoing of a child for done; so nobody will ask it to be undone. */
  static Optional<JournalEntry> letGo(StepState step) {
    return step.child().map(child -> new ChildReleased(step.name(), child));
  }

  /**
   * A child whose start came so late that this saga had ended before: nobody else would let it go.
   * One that was undone has asked it to be undone before it came.
   */
  static List<JournalEntry> letGoLate(SagaState.Terminal ended, Input.ReplyReceived answer) {
    if (ended instanceof SagaState.Compensated
        || answer.phase() != Phase.ACTION
        || answer.outcome() != Outcome.SUCCEEDED) {
      return List.of();
    }
    return releases(ended.core()).stream()
        .filter(release -> release.step().equals(answer.step()))
        .<JournalEntry>map(release -> release)
        .toList();
  }

  /**
   * The children that wait for what becomes of this saga. One that was asked to be undone before
   * has turned back by then, and passes it over.
   */
  private static List<ChildReleased> releases(SagaCore core) {
    List<ChildReleased> entries = new ArrayList<>();
    for (StepState step : core.steps()) {
      if (step.child().isPresent()
          && step.kind() == StepKind.COMPENSATABLE
          && !(step.action() instanceof PhaseState.Rejected)) {
        entries.add(new ChildReleased(step.name(), step.child().get()));
      }
    }
    return entries;
  }

  private static boolean isAStranger(SagaState state, ParentLink asking) {
    return state.core().parent().filter(link -> link.isSameStepAs(asking)).isEmpty();
  }

  private static List<JournalEntry> remembered(SagaState state, ParentLink asking) {
    return state.core().parent().orElseThrow().isOutweighedBy(asking)
        ? List.of(new ParentAsked(asking.phase(), asking.attempt()))
        : List.of();
  }

  private static Optional<IgnoreReason> pastReturn(SagaCore core) {
    return core.isPastReturn() ? Optional.of(IgnoreReason.PAST_RETURN) : Optional.empty();
  }

  private static Optional<IgnoreReason> notHeld(SagaCore core) {
    return core.parent().filter(ParentLink::held).isPresent()
        ? Optional.empty()
        : Optional.of(IgnoreReason.NOT_HELD);
  }

  private static ParentAnswered succeeded(ParentLink to, SagaCore core) {
    return new ParentAnswered(to, Outcome.SUCCEEDED, core.data(), Optional.empty());
  }

  private static ParentAnswered undone(ParentLink to, Optional<Problem> problem) {
    Problem because =
        problem.orElseGet(() -> new Problem("COMPENSATED", "The saga has turned back"));
    return to.phase() == Phase.COMPENSATION
        ? new ParentAnswered(to, Outcome.SUCCEEDED, NOTHING, Optional.empty())
        : new ParentAnswered(to, Outcome.REJECTED, NOTHING, Optional.of(because));
  }

  private static ParentAnswered failed(ParentLink to, String code, String because) {
    return new ParentAnswered(to, Outcome.FAILED, NOTHING, Optional.of(new Problem(code, because)));
  }

  private static ParentAnswered notItsChild(ParentLink to) {
    return failed(to, "NOT_ITS_CHILD", "The saga of that id is not the child of this step");
  }
}
