package io.skald.checker;

import io.skald.machine.BlockState;
import io.skald.machine.Evolution;
import io.skald.machine.JournalEntry;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.machine.Transition;
import io.skald.saga.message.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sagas, steps and blocks move along the tables of {@link SagaState}, {@link PhaseState} and {@link
 * BlockState} only; what has ended changes no more (law L2), and what is past its point of no
 * return does not turn back (L6).
 */
final class LegalTransitionsRule implements Rule {

  /** "-" is no saga. */
  private static final Set<String> SAGA_MOVES =
      Set.of(
          "- -> RUNNING",
          "RUNNING -> QUEUED",
          "QUEUED -> RUNNING",
          "QUEUED -> COMPENSATING",
          "QUEUED -> ABORTED",
          "RUNNING -> COMPLETED",
          "RUNNING -> COMPENSATING",
          "RUNNING -> PARKED",
          "RUNNING -> ABORTED",
          "COMPENSATING -> COMPENSATED",
          "COMPENSATING -> PARKED",
          "COMPENSATING -> ABORTED",
          "PARKED -> RUNNING",
          "PARKED -> COMPENSATING",
          "PARKED -> ABORTED");

  /** What only a saga can that is a step of another. */
  private static final Set<String> CHILD_MOVES =
      Set.of("RUNNING -> HELD", "HELD -> COMPLETED", "HELD -> COMPENSATING", "HELD -> ABORTED");

  /** "-" is not issued. */
  private static final Set<String> PHASE_MOVES =
      Set.of(
          "- -> AwaitingReply",
          "AwaitingReply -> AwaitingReply",
          "AwaitingReply -> AwaitingRetry",
          "AwaitingReply -> Succeeded",
          "AwaitingReply -> Rejected",
          "AwaitingReply -> Unknown",
          "AwaitingRetry -> AwaitingReply",
          "AwaitingRetry -> Succeeded",
          "AwaitingRetry -> Rejected",
          "AwaitingRetry -> Unknown",
          "Unknown -> AwaitingReply");

  /** What an operator who takes a step for done can do besides. */
  private static final Set<String> SKIPS = Set.of("Rejected -> Succeeded", "Unknown -> Succeeded");

  /** "-" is that the story has not come there. */
  private static final Set<String> BLOCK_MOVES =
      Set.of(
          "- -> Chosen",
          "- -> Items",
          "- -> Kept",
          "- -> Waiting",
          "Waiting -> Kept",
          "Waiting -> Passed",
          "Kept -> Signalled",
          "Passed -> Kept",
          "Passed -> Waiting");

  @Override
  public String name() {
    return "legal transitions";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaHistory saga : evidence.history().sagas()) {
      Optional<SagaState> state = Optional.empty();
      for (JournalRow row : saga.journal()) {
        Optional<SagaState> next = walk(saga, state, row.transition(), findings);
        if (next.isEmpty()) {
          break;
        }
        state = next;
      }
    }
  }

  /** Empty when the transition can't be followed, so that nothing more can be said. */
  private static Optional<SagaState> walk(
      SagaHistory saga, Optional<SagaState> before, Transition transition, Findings findings) {
    Optional<SagaState> from = before;
    for (int i = 1; i <= transition.entries().size(); i++) {
      List<JournalEntry> soFar = transition.entries().subList(0, i);
      SagaState to;
      try {
        to =
            Evolution.apply(
                before,
                new Transition(
                    transition.saga(),
                    transition.seq(),
                    transition.at(),
                    transition.cause(),
                    soFar));
      } catch (RuntimeException impossible) {
        findings.add(
            "L2",
            saga.id(),
            "Transition " + transition.seq() + " is impossible: " + impossible.getMessage());
        return Optional.empty();
      }
      step(saga, from, to, soFar.getLast(), transition.seq(), findings);
      from = Optional.of(to);
    }
    return from;
  }

  private static void step(
      SagaHistory saga,
      Optional<SagaState> from,
      SagaState to,
      JournalEntry entry,
      long seq,
      Findings findings) {
    String was = from.map(state -> state.status().name()).orElse("-");
    String move = was + " -> " + to.status();
    boolean legal =
        SAGA_MOVES.contains(move) || (to.core().parent().isPresent() && CHILD_MOVES.contains(move));
    if (!was.equals(to.status().name()) && !legal) {
      findings.add("L2", saga.id(), "Transition " + seq + " moves the saga " + move);
    }
    if (from.filter(SagaState.Terminal.class::isInstance).isPresent() && !saysOnlySo(entry)) {
      String name = entry.getClass().getSimpleName();
      findings.add(
          "L2",
          saga.id(),
          "Expected a saga that is " + was + " to be ended, but transition " + seq + " is " + name);
    }
    if (entry instanceof JournalEntry.SagaCompensating
        && from.filter(state -> state.core().isPastReturn()).isPresent()) {
      findings.add(
          "L6", saga.id(), "Transition " + seq + " turns back past the point of no return");
    }
    for (StepState step : to.core().steps()) {
      for (Phase phase : Phase.values()) {
        phaseMoved(saga, from, step, phase, entry, seq, findings);
      }
    }
    for (BlockState block : to.core().blocks()) {
      blockMoved(saga, from, block, seq, findings);
    }
  }

  /** Nothing becomes of the saga itself. */
  private static boolean saysOnlySo(JournalEntry entry) {
    return entry instanceof JournalEntry.InputIgnored
        || entry instanceof JournalEntry.ParentAnswered
        || entry instanceof JournalEntry.ChildReleased;
  }

  private static void blockMoved(
      SagaHistory saga, Optional<SagaState> from, BlockState block, long seq, Findings findings) {
    Optional<BlockState> was = from.flatMap(state -> state.core().block(block.name()));
    String move = named(was) + " -> " + named(Optional.of(block));
    boolean replaced =
        move.equals("Kept -> Kept") && from.filter(SagaState.Parked.class::isInstance).isPresent();
    if (!was.equals(Optional.of(block)) && !BLOCK_MOVES.contains(move) && !replaced) {
      findings.add(
          "L2", saga.id(), "Transition " + seq + " moves block '" + block.name() + "' " + move);
    }
  }

  private static void phaseMoved(
      SagaHistory saga,
      Optional<SagaState> from,
      StepState step,
      Phase phase,
      JournalEntry entry,
      long seq,
      Findings findings) {
    Optional<PhaseState> was =
        from.flatMap(s -> s.core().step(step.name())).flatMap(s -> s.phase(phase));
    Optional<PhaseState> is = step.phase(phase);
    if (is.isEmpty() || is.equals(was)) {
      return;
    }
    String move = named(was) + " -> " + named(is);
    boolean skipped = entry instanceof JournalEntry.StepSkipped && SKIPS.contains(move);
    if (!PHASE_MOVES.contains(move) && !skipped) {
      String of = phase.wireName() + " of step '" + step.name() + "' ";
      findings.add("L2", saga.id(), "Transition " + seq + " moves the " + of + move);
    }
  }

  private static String named(Optional<?> state) {
    return state.map(it -> it.getClass().getSimpleName()).orElse("-");
  }
}
