package io.skald.machine;

import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of one saga: a value, from which and the next input the machine decides what follows.
 *
 * <pre>
 * from          to            when
 * -             Running       it is started
 * Running       Queued        as it is started, while another saga of its key is there
 * Queued        Running       its turn has come
 * Queued        Compensating  it was cancelled; there is nothing to undo
 * Running       Completed     its last step succeeded
 * Running       Compensating  a step was refused or given up, a signal did not come in time, it was
 *                             cancelled, its deadline passed, its parent turned back
 * Running       Parked        a step that can only go forward was given up or refused; a signal did
 *                             not come in time after the pivot; a function threw; no definition
 * Compensating  Compensated   all that may have happened is undone
 * Compensating  Parked        a compensation was given up; a function threw; no definition
 * Parked        Running       an operator resumed it
 * Parked        Compensating  an operator resumed it, or cancelled it before the point of no return;
 *                             its parent turned back
 * Running       Held          its last step succeeded, and it is a step of a saga that may turn back
 * Held          Completed     its parent has ended
 * Held          Compensating  its parent turned back
 * any of these  Aborted       an operator ended it
 * </pre>
 *
 * Completed, Compensated and Aborted are terminal.
 */
public sealed interface SagaState {

  SagaCore core();

  SagaStatus status();

  /** When it must be woken; present exactly when the saga is active. */
  default Optional<Instant> nextDueAt() {
    return Optional.empty();
  }

  /** A saga that moves by itself. */
  sealed interface Active extends SagaState {

    /** The same state with another core. */
    Active with(SagaCore core);

    /** The phase it works in. */
    Phase phase();
  }

  /**
   * A saga that waits for its turn behind another one of its definition and key. Nothing of it is
   * under way.
   *
   * @param behind who was last in the line when it came
   * @param allowance how long it may take to its point of no return, once its turn has come
   */
  record Queued(SagaCore core, SagaId behind, Optional<Duration> allowance) implements SagaState {

    @Override
    public SagaStatus status() {
      return SagaStatus.QUEUED;
    }

    Queued with(SagaCore core) {
      return new Queued(core, behind, allowance);
    }
  }

  /** A saga that will never change again. */
  sealed interface Terminal extends SagaState {}

  record Running(SagaCore core) implements Active {

    @Override
    public SagaStatus status() {
      return SagaStatus.RUNNING;
    }

    @Override
    public Active with(SagaCore core) {
      return new Running(core);
    }

    @Override
    public Phase phase() {
      return Phase.ACTION;
    }

    @Override
    public Optional<Instant> nextDueAt() {
      Optional<Instant> due = stepsDueAt(core, Phase.ACTION);
      for (BlockState block : core.blocks()) {
        if (block instanceof BlockState.Waiting waiting) {
          due = earlier(due, Optional.of(waiting.until()));
        }
      }
      return core.isPastReturn() ? due : earlier(due, core.deadline());
    }
  }

  /**
   * A saga on its way back. When a step was refused or given up, what is under way beside it in
   * parallel branches settles first; then what may have happened is undone.
   *
   * @param cause why it turned back
   * @param failedStep the step that was refused or given up, when there is one
   * @param problem what went wrong, or the reason that was given
   */
  record Compensating(
      SagaCore core,
      CompensationCause cause,
      Optional<StepName> failedStep,
      Optional<Problem> problem)
      implements Active {

    @Override
    public SagaStatus status() {
      return SagaStatus.COMPENSATING;
    }

    @Override
    public Active with(SagaCore core) {
      return new Compensating(core, cause, failedStep, problem);
    }

    @Override
    public Phase phase() {
      return Phase.COMPENSATION;
    }

    @Override
    public Optional<Instant> nextDueAt() {
      return earlier(stepsDueAt(core, Phase.ACTION), stepsDueAt(core, Phase.COMPENSATION));
    }
  }

  /**
   * A saga that waits for an operator or a deploy.
   *
   * @param interrupted what it goes on with when it is resumed: its remaining plan
   * @param step where it stopped, when that is a step
   */
  record Parked(
      Active interrupted,
      ParkReason reason,
      Optional<StepName> step,
      Problem problem,
      Instant since)
      implements SagaState {

    @Override
    public SagaCore core() {
      return interrupted.core();
    }

    @Override
    public SagaStatus status() {
      return SagaStatus.PARKED;
    }
  }

  /**
   * A step of another saga whose work is done. It does not move by itself: its parent releases it
   * or has it undone.
   */
  record Held(SagaCore core, Instant at) implements SagaState {

    @Override
    public SagaStatus status() {
      return SagaStatus.HELD;
    }
  }

  record Completed(SagaCore core, Instant at) implements Terminal {

    @Override
    public SagaStatus status() {
      return SagaStatus.COMPLETED;
    }
  }

  /** See {@link Compensating} for the components. */
  record Compensated(
      SagaCore core,
      CompensationCause cause,
      Optional<StepName> failedStep,
      Optional<Problem> problem,
      Instant at)
      implements Terminal {

    @Override
    public SagaStatus status() {
      return SagaStatus.COMPENSATED;
    }
  }

  record Aborted(SagaCore core, String actor, String reason, Instant at) implements Terminal {

    @Override
    public SagaStatus status() {
      return SagaStatus.ABORTED;
    }
  }

  private static Optional<Instant> stepsDueAt(SagaCore core, Phase phase) {
    Optional<Instant> due = Optional.empty();
    for (StepState step : core.steps()) {
      due = earlier(due, step.phase(phase).flatMap(PhaseState::dueAt));
    }
    return due;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return other.get().isBefore(one.get()) ? other : one;
  }
}
