package io.skald.machine;

import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One fact in a saga's history. The state is what the entries make of it and nothing else ({@link
 * Evolution}), and every message that leaves is one of them: what is not journaled is not sent.
 */
public sealed interface JournalEntry {

  /**
   * The saga has begun.
   *
   * @param deadline empty when it has none, or it is counted from when its turn comes
   * @param place see {@link SagaCore}
   * @param parent the saga that it is a step of; empty when it is one of its own
   */
  record SagaStarted(
      SagaId id,
      String definition,
      int version,
      String fingerprint,
      String key,
      String startDigest,
      String data,
      Optional<Instant> deadline,
      long place,
      Optional<ParentLink> parent)
      implements JournalEntry {

    public SagaStarted(
        SagaId id,
        String definition,
        int version,
        String fingerprint,
        String key,
        String startDigest,
        String data,
        Optional<Instant> deadline) {
      this(
          id,
          definition,
          version,
          fingerprint,
          key,
          startDigest,
          data,
          deadline,
          SagaCore.NO_PLACE,
          Optional.empty());
    }
  }

  /**
   * It waits for its turn. See {@link SagaState.Queued} for the components; it comes in the
   * transition that starts the saga.
   */
  record SagaQueued(SagaId behind, Optional<Duration> allowance) implements JournalEntry {}

  /**
   * Its turn has come.
   *
   * @param deadline until when it may reach its point of no return
   */
  record SagaTurnCame(Optional<Instant> deadline) implements JournalEntry {}

  /**
   * A command is to be sent. Journal first, Kafka after: law L1.
   *
   * @param child the saga that the step runs, when it is one
   */
  record CommandIssued(
      StepName step,
      StepKind kind,
      Phase phase,
      Attempts attempts,
      Participant participant,
      MessageType command,
      String payload,
      Instant timeoutAt,
      Optional<ChildSaga> child)
      implements JournalEntry {

    public CommandIssued(
        StepName step,
        StepKind kind,
        Phase phase,
        Attempts attempts,
        Participant participant,
        MessageType command,
        String payload,
        Instant timeoutAt) {
      this(step, kind, phase, attempts, participant, command, payload, timeoutAt, Optional.empty());
    }
  }

  /**
   * A step's action is done.
   *
   * @param data the saga's data after the reply was folded in; empty when it stayed the same
   */
  record StepSucceeded(StepName step, int attempt, String reply, Optional<String> data)
      implements JournalEntry {}

  record StepRejected(StepName step, int attempt, Problem problem) implements JournalEntry {}

  record StepCompensated(StepName step, int attempt) implements JournalEntry {}

  /** An attempt went wrong, and there will be another. */
  record AttemptFailed(StepName step, Phase phase, int attempt, Problem problem, Instant retryAt)
      implements JournalEntry {}

  /** No answer came to an attempt in time, and there will be another. */
  record AttemptTimedOut(StepName step, Phase phase, int attempt, Problem problem, Instant retryAt)
      implements JournalEntry {}

  /** The attempts are used up; whether it happened is unknown. */
  record StepGivenUp(StepName step, Phase phase, int attempt, Problem problem)
      implements JournalEntry {}

  /** A command was published late, so its timeout starts over. */
  record TimeoutMoved(StepName step, Phase phase, int attempt, Instant timeoutAt)
      implements JournalEntry {}

  /** A {@code when} was decided. */
  record WayChosen(StepName block, boolean otherwise) implements JournalEntry {}

  /** A {@code forEach} has its items. */
  record ItemsTaken(StepName block, List<BlockState.Item> items) implements JournalEntry {

    public ItemsTaken {
      items = List.copyOf(items);
    }
  }

  /** The story stands still at an {@code await} or a {@code pause}, at most until then. */
  record WaitBegan(StepName block, Instant until) implements JournalEntry {}

  /** An {@code await}'s limit has passed, or a {@code pause} is over. */
  record WaitPassed(StepName block) implements JournalEntry {}

  /** A signal has come and is kept until the story takes it. */
  record SignalKept(StepName block, String signal, String payload) implements JournalEntry {}

  /**
   * The story has taken a signal.
   *
   * @param data the saga's data after the signal was folded in; empty when it stayed the same
   */
  record SignalTaken(StepName block, String signal, Optional<String> data)
      implements JournalEntry {}

  /**
   * An operator took a step for done: its action with this reply, or its compensation.
   *
   * @param reply the substitute for the participant's reply; {@code null} as text of a compensation
   * @param data the saga's data after the reply was folded in; empty when it stayed the same
   */
  record StepSkipped(
      StepName step, Phase phase, String reply, Optional<String> data, String actor, String reason)
      implements JournalEntry {}

  /** An operator had what was waiting for a retry tried again at once. */
  record RetryHastened(String actor, String reason) implements JournalEntry {}

  record SagaCompensating(
      CompensationCause cause,
      Optional<StepName> failedStep,
      Optional<Problem> problem,
      Optional<String> actor)
      implements JournalEntry {}

  record SagaParked(ParkReason reason, Optional<StepName> step, Problem problem)
      implements JournalEntry {}

  record SagaResumed(String actor, String reason) implements JournalEntry {}

  record SagaCompleted() implements JournalEntry {}

  /** The story is done, and the saga waits for what becomes of its parent. */
  record SagaHeld() implements JournalEntry {}

  /** The parent has ended, so the saga does not wait for it, now or later. */
  record SagaReleased() implements JournalEntry {}

  /** The parent asked again, or for something else; that is what is to be answered. */
  record ParentAsked(Phase phase, int attempt) implements JournalEntry {}

  /**
   * The parent is to be told how its step ended.
   *
   * @param to whom, and which attempt of which phase it answers
   * @param data the saga's data when it did what was asked, as text; else {@code null} as text
   */
  record ParentAnswered(ParentLink to, Outcome outcome, String data, Optional<Problem> problem)
      implements JournalEntry {}

  /** A child that may wait for what becomes of this saga is to be told that it has ended. */
  record ChildReleased(StepName step, ChildSaga child) implements JournalEntry {}

  record SagaCompensated() implements JournalEntry {}

  record SagaAborted(String actor, String reason) implements JournalEntry {}

  /**
   * Something came that changed nothing: law L2 wants it on record.
   *
   * @param input what kind of input it was
   * @param detail what it was about
   */
  record InputIgnored(String input, IgnoreReason reason, String detail) implements JournalEntry {}
}
