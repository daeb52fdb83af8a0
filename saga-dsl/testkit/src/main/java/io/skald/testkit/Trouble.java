package io.skald.testkit;

import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.machine.Transition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The faults of one case while it runs: when each strikes, and whether it ever did. */
final class Trouble {

  private final Set<Strike> strikes;
  private final Optional<TurnBack> turnBack;
  private final int failures;
  private final Set<Strike> struck = new LinkedHashSet<>();
  private final Map<Strike, Integer> failed = new HashMap<>();
  private boolean healed;
  private boolean over;

  /**
   * How a saga is made to turn back, for a fault in a compensation to strike at all.
   *
   * @param step the last step that can still be refused
   * @param byRefusal it refuses; else the saga is cancelled while it is under way
   */
  record TurnBack(StepName step, boolean byRefusal) {}

  Trouble(Set<Strike> strikes, Optional<TurnBack> turnBack, int failures) {
    this.strikes = strikes;
    this.turnBack = turnBack;
    this.failures = failures;
  }

  Set<Strike> struck() {
    return struck;
  }

  /** An operator has seen to it: nothing lasts for ever. */
  void heal() {
    healed = true;
  }

  /** From now on nothing goes wrong at all. */
  void end() {
    over = true;
  }

  boolean fails(CommandIssued command) {
    boolean action = command.phase() == Phase.ACTION;
    Fault forGood = action ? Fault.FAILS_FOR_GOOD : Fault.COMPENSATION_FAILS_FOR_GOOD;
    if (lasts(command.step(), forGood)) {
      return true;
    }
    Strike some = new Strike(command.step(), action ? Fault.FAILS : Fault.COMPENSATION_FAILS);
    return failed.getOrDefault(some, 0) < failures
        && strike(some)
        && failed.merge(some, 1, Integer::sum) > 0;
  }

  boolean refuses(CommandIssued command) {
    return strike(command.step(), Fault.REFUSES)
        || turnBack.equals(Optional.of(new TurnBack(command.step(), true)));
  }

  /** Whether the saga is to be cancelled now, while this command is under way. */
  boolean cancels(CommandIssued command) {
    return command.phase() == Phase.ACTION
        && !over
        && turnBack.equals(Optional.of(new TurnBack(command.step(), false)));
  }

  boolean losesCommand(CommandIssued command) {
    return command.phase() == Phase.ACTION
        && (lasts(command.step(), Fault.UNKNOWN_NOT_DONE)
            || (command.attempts().number() == 1 && strike(command.step(), Fault.TIMES_OUT)));
  }

  boolean losesReply(CommandIssued command) {
    return command.phase() == Phase.ACTION && lasts(command.step(), Fault.UNKNOWN_DONE);
  }

  boolean holdsReply(CommandIssued command) {
    return command.phase() == Phase.ACTION
        && command.attempts().number() == 1
        && strike(command.step(), Fault.LATE);
  }

  boolean repeats(CommandIssued command) {
    return strike(command.step(), Fault.DUPLICATE);
  }

  /** Whether nobody signals while the saga waits here. */
  boolean keepsSilent(StepName await) {
    return lasts(await, Fault.SIGNAL_SILENT)
        || (!over && strikes.contains(new Strike(await, Fault.SIGNAL_LATE)));
  }

  boolean repeatsSignal(StepName await) {
    return strike(await, Fault.SIGNAL_REPEATED);
  }

  boolean signalsLate(StepName await) {
    return strike(await, Fault.SIGNAL_LATE);
  }

  /** The awaits whose signals come before the saga waits there. */
  List<StepName> earlySignals() {
    return strikes.stream()
        .filter(strike -> strike.fault() == Fault.SIGNAL_EARLY && strike(strike))
        .map(Strike::step)
        .toList();
  }

  boolean crashes(Fault crash, Input input, Decision decision) {
    return strikes.stream()
        .filter(strike -> strike.fault() == crash && isAbout(strike.step(), input, decision))
        .map(this::strike)
        .reduce(false, Boolean::logicalOr);
  }

  /** Whether attempts at this will go wrong until an operator steps in. */
  boolean isEndless(StepName step, Phase phase) {
    List<Fault> endless =
        switch (phase) {
          case ACTION -> List.of(Fault.FAILS_FOR_GOOD, Fault.UNKNOWN_DONE, Fault.UNKNOWN_NOT_DONE);
          case COMPENSATION -> List.of(Fault.COMPENSATION_FAILS_FOR_GOOD);
        };
    return endless.stream().anyMatch(fault -> lasts(step, fault));
  }

  private boolean lasts(StepName step, Fault fault) {
    return !healed && strike(step, fault);
  }

  private boolean strike(StepName step, Fault fault) {
    return strike(new Strike(step, fault));
  }

  private boolean strike(Strike strike) {
    boolean now = !over && strikes.contains(strike);
    if (now) {
      struck.add(strike);
    }
    return now;
  }

  private static boolean isAbout(StepName place, Input input, Decision decision) {
    return (input instanceof Input.ReplyReceived reply && reply.step().equals(place))
        || (input instanceof Input.SignalSent signal && signal.block().equals(place))
        || decision.transition().map(Transition::entries).orElse(List.of()).stream()
            .anyMatch(entry -> isAbout(place, entry));
  }

  private static boolean isAbout(StepName place, JournalEntry entry) {
    return (entry instanceof CommandIssued command && command.step().equals(place))
        || (entry instanceof WaitBegan wait && wait.block().equals(place))
        || (entry instanceof WaitPassed wait && wait.block().equals(place));
  }
}
