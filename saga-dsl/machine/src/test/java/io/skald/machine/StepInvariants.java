package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What must hold of every single decision, and a record of what was seen on the way. */
final class StepInvariants {

  /** The table in the javadoc of {@link SagaState}; "-" is no saga. */
  static final Set<String> SAGA_TABLE =
      Set.of(
          "- -> RUNNING",
          "RUNNING -> QUEUED",
          "QUEUED -> RUNNING",
          "QUEUED -> COMPENSATING",
          "QUEUED -> ABORTED",
          "RUNNING -> COMPLETED",
          "RUNNING -> COMPENSATING",
          "RUNNING -> PARKED",
          "COMPENSATING -> COMPENSATED",
          "COMPENSATING -> PARKED",
          "PARKED -> RUNNING",
          "PARKED -> COMPENSATING",
          "RUNNING -> ABORTED",
          "COMPENSATING -> ABORTED",
          "PARKED -> ABORTED");

  /** The part of the same table that only a saga that is a step of another can go. */
  static final Set<String> CHILD_TABLE =
      Set.of("RUNNING -> HELD", "HELD -> COMPLETED", "HELD -> COMPENSATING", "HELD -> ABORTED");

  /** The table in the javadoc of {@link PhaseState}; "-" is not issued. */
  static final Set<String> PHASE_TABLE =
      Set.of(
          "- -> AwaitingReply",
          "AwaitingReply -> AwaitingRetry",
          "AwaitingRetry -> AwaitingReply",
          "AwaitingReply -> Succeeded",
          "AwaitingRetry -> Succeeded",
          "AwaitingReply -> Rejected",
          "AwaitingRetry -> Rejected",
          "AwaitingReply -> Unknown",
          "AwaitingRetry -> Unknown",
          "AwaitingReply -> AwaitingReply",
          "Rejected -> Succeeded",
          "Unknown -> Succeeded",
          "Unknown -> AwaitingReply");

  /** Statuses, phases, entries, reasons: everything that was ever seen. */
  private final Set<String> seen = new TreeSet<>();

  private Optional<SagaState> replayed = Optional.empty();

  Set<String> seen() {
    return seen;
  }

  /** Another saga follows. */
  void forgetSaga() {
    replayed = Optional.empty();
  }

  void check(
      SagaId saga,
      Optional<SagaState> before,
      Input input,
      Moment moment,
      Decision decision,
      Decision again) {
    // The cheap comparison first: this runs millions of times.
    if (!decision.equals(again)) {
      assertThat(again).as("the same arguments give the same decision").isEqualTo(decision);
    }
    seen.add(decision.verdict() instanceof Verdict.Ignored ignored ? "" + ignored.reason() : "ok");
    if (decision.transition().isEmpty()) {
      if (!decision.state().equals(before)) {
        assertThat(decision.state()).as("without a transition nothing changes").isEqualTo(before);
      }
      return;
    }
    Transition transition = decision.transition().get();
    SagaState after = decision.state().orElseThrow();
    require(transition.saga().equals(saga), "the transition is of this saga");
    require(transition.cause().equals(input.cause()), "the transition names its cause");
    require(transition.at().equals(moment.now()), "the transition has the time of the moment");
    require(
        transition.seq() == before.map(s -> s.core().seq() + 1).orElse(1L),
        "transitions count without gaps");
    replayed = Optional.of(Evolution.apply(replayed, transition));
    if (!after.equals(replayed.get())) {
      assertThat(after).as("replaying the journal gives the state").isEqualTo(replayed.get());
    }
    walk(before, transition, input);
    wakesUp(after);
    commandsAreAwaited(before, after, transition);
    settlesFirst(after);
    ignoredChangesNothing(before, decision, after);
  }

  /** Every single entry moves along the tables. */
  private void walk(Optional<SagaState> before, Transition transition, Input input) {
    Optional<SagaState> from = before;
    for (JournalEntry entry : transition.entries()) {
      SagaState to = Evolution.apply(from, entry, transition.seq(), transition.at());
      seen.add(entry.getClass().getSimpleName());
      if (entry instanceof SagaAborted) {
        require(input instanceof Input.AbortRequested, "only an operator ends a saga as it is");
      }
      if (entry instanceof SagaParked parked) {
        seen.add("parked: " + parked.reason());
      }
      if (entry instanceof SagaCompensating back) {
        seen.add("back: " + back.cause());
        require(
            from.orElseThrow().core().steps().stream().noneMatch(StepInvariants::isPastReturn),
            "after the pivot only forward");
      }
      String was = from.map(s -> s.status().name()).orElse("-");
      if (!was.equals(to.status().name())) {
        String move = was + " -> " + to.status();
        moved(
            to.core().parent().isPresent() && CHILD_TABLE.contains(move) ? CHILD_TABLE : SAGA_TABLE,
            move);
      }
      for (Phase phase : Phase.values()) {
        phasesMoved(from, to, phase);
      }
      from = Optional.of(to);
    }
  }

  private void phasesMoved(Optional<SagaState> from, SagaState to, Phase phase) {
    for (StepState step : to.core().steps()) {
      Optional<PhaseState> was =
          from.flatMap(s -> s.core().step(step.name())).flatMap(s -> s.phase(phase));
      Optional<PhaseState> is = step.phase(phase);
      if (!is.equals(was)) {
        String name = was.map(p -> p.getClass().getSimpleName()).orElse("-");
        moved(PHASE_TABLE, name + " -> " + is.orElseThrow().getClass().getSimpleName());
      }
    }
  }

  private void moved(Set<String> table, String move) {
    seen.add(move);
    require(table.contains(move), "the table has no " + move);
  }

  private static boolean isPastReturn(StepState step) {
    return step.kind() != StepKind.COMPENSATABLE && !(step.action() instanceof PhaseState.Rejected);
  }

  private static void wakesUp(SagaState state) {
    require(
        state.nextDueAt().isPresent() == state.status().isActive(),
        "exactly an active saga has a wake-up time");
    if (state.nextDueAt().isEmpty()) {
      return;
    }
    Instant due = state.nextDueAt().get();
    require(due.equals(due.truncatedTo(ChronoUnit.MICROS)), "a wake-up time is stored as it is");
    if (state instanceof SagaState.Running running && !running.core().isPastReturn()) {
      require(
          running.core().deadline().filter(due::isAfter).isEmpty(),
          "a saga wakes up at its deadline at the latest");
    }
  }

  /** A command is under way exactly when the journal says so. */
  private static void commandsAreAwaited(
      Optional<SagaState> before, SagaState after, Transition transition) {
    List<String> issued = new ArrayList<>();
    for (JournalEntry entry : transition.entries()) {
      if (entry instanceof CommandIssued command) {
        issued.add(command.step() + " " + command.phase() + " " + command.attempts().number());
      }
    }
    List<String> awaited = new ArrayList<>();
    for (StepState step : after.core().steps()) {
      for (Phase phase : Phase.values()) {
        int was =
            before
                .flatMap(s -> s.core().step(step.name()))
                .flatMap(s -> s.phase(phase))
                .map(p -> p.attempts().number())
                .orElse(0);
        int is = step.phase(phase).map(p -> p.attempts().number()).orElse(0);
        if (is != was) {
          awaited.add(step.name() + " " + phase + " " + is);
        }
      }
    }
    require(
        new TreeSet<>(issued).equals(new TreeSet<>(awaited)),
        "journaled commands " + issued + ", awaited " + awaited);
  }

  /** Nothing is undone while it is not known what has happened. */
  private static void settlesFirst(SagaState state) {
    boolean undoes = state.core().steps().stream().anyMatch(s -> s.compensation().isPresent());
    require(
        !undoes || state.core().openSteps(Phase.ACTION).isEmpty(),
        "no action is open while another is undone");
  }

  private static boolean isSaidToItsFamily(JournalEntry entry) {
    return entry instanceof JournalEntry.ParentAnswered
        || entry instanceof JournalEntry.ChildReleased;
  }

  private static void ignoredChangesNothing(
      Optional<SagaState> before, Decision decision, SagaState after) {
    Transition transition = decision.transition().orElseThrow();
    boolean alone =
        transition.entries().stream()
                .filter(entry -> !isSaidToItsFamily(entry))
                .allMatch(InputIgnored.class::isInstance)
            && transition.entries().getLast() instanceof InputIgnored;
    if (alone || before.filter(SagaState.Terminal.class::isInstance).isPresent()) {
      SagaState was = before.orElseThrow();
      SagaCore stamped = was.core().at(after.core().seq(), after.core().updatedAt());
      require(alone, "a saga that has ended only ignores");
      require(
          after.core().equals(stamped) && after.status() == was.status(),
          "what is ignored changes nothing");
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("Does not hold: " + what);
    }
  }
}
