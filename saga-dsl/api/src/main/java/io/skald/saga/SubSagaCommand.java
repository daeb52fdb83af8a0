package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Message;
import java.util.Objects;

/**
 * What a step that is a saga asks of {@linkplain io.skald.saga.message.Participant#SAGAS the
 * orchestrator}. On the wire the payload is the child's first data alone; which child, and whose,
 * stands in the headers.
 */
public sealed interface SubSagaCommand extends Command<Object> {

  /** What the child starts with. */
  Object data();

  /** The child is to be run. Asked for again it answers again, once it has an answer. */
  @Message(name = "StartSubSaga")
  record Start(Object data) implements SubSagaCommand {

    public Start {
      Objects.requireNonNull(data, "data");
    }
  }

  /**
   * The child is to be undone, wherever it stands. It says all that a start does: a child that
   * there is none of is begun and ended at once, so that a start that comes later changes nothing.
   */
  @Message(name = "UndoSubSaga")
  record Undo(Object data) implements SubSagaCommand {

    public Undo {
      Objects.requireNonNull(data, "data");
    }
  }
}
