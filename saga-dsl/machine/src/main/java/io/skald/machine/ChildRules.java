package io.skald.machine;

import io.skald.machine.Input.ReleaseRequested;
import io.skald.machine.Input.UndoRequested;
import java.util.Optional;

/** What a parent asks of the saga that is a step of it. */
final class ChildRules {

  private ChildRules() {}

  /** Like a cancel; but what waited for its parent goes back too, and the parent is answered. */
  static Decision undo(Turn<?> turn, UndoRequested request) {
    ParentLink asking = request.parent();
    Optional<IgnoreReason> reason = FamilyRules.notToUndo(turn.state(), asking);
    turn.record(FamilyRules.askedToUndo(turn.state(), asking));
    if (reason.isPresent()) {
      return turn.ignored(reason.get(), detail(asking));
    }
    turnBack(turn);
    return turn.applied();
  }

  /**
   * There is no such saga: its start has yet to come, or never will. It is begun and ended at once,
   * so that a start that comes later finds it ended.
   */
  static Decision undoUnknown(Turn<?> turn, UndoRequested request) {
    Optional<String> fault = turn.userCode().faultOf(request.data());
    if (fault.isPresent()) {
      return turn.refused(
          "Expected the data of " + turn.definition() + " to undo it with, but " + fault.get());
    }
    turn.record(
        RequestRules.started(
            turn, request.id(), request.key(), request.data(), Optional.of(request.parent())));
    turnBack(turn);
    return turn.applied();
  }

  static Decision release(Turn<?> turn, ReleaseRequested request) {
    Optional<IgnoreReason> reason = FamilyRules.notToRelease(turn.state());
    if (reason.isPresent()) {
      return turn.ignored(reason.get(), "release");
    }
    turn.record(FamilyRules.released(turn.state()));
    return turn.applied();
  }

  static String detail(ParentLink asking) {
    return "undo by " + asking.saga() + "/" + asking.step() + " attempt " + asking.attempt();
  }

  private static void turnBack(Turn<?> turn) {
    turn.turnBack(
        CompensationCause.PARENT_TURNED_BACK,
        Optional.empty(),
        Optional.of(PARENT_TURNED_BACK),
        Optional.empty());
  }

  static final Problem PARENT_TURNED_BACK =
      new Problem("PARENT_TURNED_BACK", "The saga that this one is a step of turned back");
}
