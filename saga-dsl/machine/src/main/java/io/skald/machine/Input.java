package io.skald.machine;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Optional;

/** What can happen to a saga. */
public sealed interface Input {

  /** The id of the message that brought it, for tracing and to find a request's answer. */
  String cause();

  /**
   * Somebody asked for a saga to be started. Asking again for the same saga changes nothing.
   *
   * @param data the saga's first data, as the codec writes it
   * @param contention who is there already, when the definition is exclusive and somebody is
   * @param parent the saga that this one is to be a step of; empty when it is one of its own
   */
  record StartRequested(
      String cause,
      SagaId id,
      String key,
      String data,
      Optional<Contention> contention,
      Optional<ParentLink> parent)
      implements Input {

    public StartRequested(String cause, SagaId id, String key, String data) {
      this(cause, id, key, data, Optional.empty(), Optional.empty());
    }

    /** The same start, of a saga that is a step of another. */
    public StartRequested of(ParentLink parent) {
      return new StartRequested(cause, id, key, data, contention, Optional.of(parent));
    }

    /** The same start, with who is there already. */
    public StartRequested among(Optional<Contention> contention) {
      return new StartRequested(cause, id, key, data, contention, parent);
    }
  }

  /** Who was before the saga in its line has ended: its turn has come. */
  record TurnCame(String cause) implements Input {}

  /**
   * Because of this saga another start with its key was refused, which its journal is to say.
   *
   * @param because the refusal's sentence
   */
  record StartExcluded(String cause, SagaId start, String because) implements Input {}

  /**
   * The parent turns back, so the saga is to be undone, wherever it stands; and ended when it has
   * yet to begin. It says all that a start does.
   */
  record UndoRequested(String cause, SagaId id, String key, String data, ParentLink parent)
      implements Input {}

  /** The parent has ended, so the saga no longer waits for what becomes of it. */
  record ReleaseRequested(String cause) implements Input {}

  /**
   * A participant answered a command.
   *
   * @param participant whose topic the reply came from
   * @param attempt the attempt that it answers
   * @param type the event's type; a success must have the one that the definition names
   * @param payload the event's JSON text
   * @param problem why it did not succeed, when it did not
   */
  record ReplyReceived(
      String cause,
      Participant participant,
      StepName step,
      Phase phase,
      int attempt,
      Outcome outcome,
      MessageType type,
      String payload,
      Optional<Problem> problem)
      implements Input {}

  /**
   * Kafka acknowledged a command much later than it was issued: its timeout starts now. Without
   * this an outage of Kafka would become a wave of timeouts.
   */
  record CommandPublished(String cause, StepName step, Phase phase, int attempt) implements Input {}

  /** The saga's wake-up time has come. The machine looks for itself what is due. */
  record TimerFired(String cause) implements Input {}

  /**
   * A signal came from outside for an {@code await}; it may come before the story does.
   *
   * @param id tells signals apart; the same one again changes nothing
   * @param block the name of the {@code await}
   * @param payload what it carries, as JSON text
   */
  record SignalSent(String cause, String id, StepName block, String payload) implements Input {}

  /** Somebody asked for the saga to be turned back. */
  record CancelRequested(String cause, String actor, String reason) implements Input {}

  /** An operator asked for a parked saga to go on. */
  record ResumeRequested(String cause, String actor, String reason) implements Input {}

  /** An operator asked for the saga to be ended as it is; effects may remain. */
  record AbortRequested(String cause, String actor, String reason) implements Input {}

  /** An operator asked for what waits for a retry to be tried now. */
  record RetryRequested(String cause, String actor, String reason) implements Input {}

  /**
   * An operator takes a step for done, because it was done by hand or need not be.
   *
   * @param phase what is taken for done: the step's action, or its compensation
   * @param reply what the participant would have answered, as JSON text; of a compensation nobody
   *     reads it
   */
  record SkipRequested(
      String cause, StepName step, Phase phase, String reply, String actor, String reason)
      implements Input {}
}
