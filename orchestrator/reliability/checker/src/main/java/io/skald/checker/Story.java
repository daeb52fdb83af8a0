package io.skald.checker;

import io.skald.machine.BlockState.Item;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.AttemptFailed;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaQueued;
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
import io.skald.machine.Transition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Comparator;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** All that is known of a saga, for people: a line for each transition, effect and fence row. */
final class Story {

  private Story() {}

  static String of(SagaId id, Evidence evidence) {
    StringJoiner lines = new StringJoiner("\n");
    Optional<SagaHistory> saga = evidence.saga(id);
    lines.add(
        "saga     "
            + id
            + saga.map(
                    s ->
                        " of " + s.definition().orElse("?") + ", key '" + s.key().orElse("?") + "'")
                .orElse(": unknown to the orchestrator"));
    saga.ifPresent(s -> s.journal().forEach(row -> lines.add(line(row))));
    saga.flatMap(SagaHistory::stored)
        .ifPresent(
            row ->
                lines.add(
                    "row      "
                        + row.status()
                        + " after transition "
                        + row.seq()
                        + row.nextDueAt().map(due -> ", due at " + due).orElse("")));
    evidence.commands(id).forEach(command -> lines.add(line(command)));
    evidence.effects(id).stream()
        .sorted(Comparator.comparing(Effect::at).thenComparing(Effect::order))
        .forEach(effect -> lines.add(line(effect)));
    evidence.fences(id).forEach(fence -> lines.add(line(fence)));
    return lines.toString();
  }

  private static String line(JournalRow row) {
    Transition transition = row.transition();
    return "journal  "
        + transition.seq()
        + " at "
        + transition.at()
        + " (shard "
        + row.shard()
        + ", row "
        + row.seq()
        + (row.committedAt().isPresent() ? ", tick " + row.committedAt().getAsLong() : "")
        + ") by "
        + transition.cause()
        + ": "
        + transition.entries().stream().map(Story::told).collect(Collectors.joining("; "));
  }

  private static String line(SentCommand command) {
    return "sent     "
        + phase(command.step(), command.phase(), command.attempt())
        + " to "
        + command.participant()
        + " as '"
        + command.idempotencyKey()
        + "'"
        + (command.sentAt().isPresent() ? " at tick " + command.sentAt().getAsLong() : "");
  }

  private static String line(Effect effect) {
    return "effect   "
        + effect.participant()
        + " "
        + effect.step()
        + effect.item().map(item -> "/" + item).orElse("")
        + " "
        + effect.phase()
        + " at "
        + effect.at()
        + " (order "
        + effect.order()
        + ")";
  }

  private static String line(FenceRow fence) {
    return "fence    " + fence.participant() + " " + fence.step() + " " + fence.state();
  }

  /** Without payloads: they are long, and may be nobody's business. */
  private static String told(JournalEntry entry) {
    String name = entry.getClass().getSimpleName();
    String details =
        switch (entry) {
          case SagaStarted e ->
              e.definition()
                  + " v"
                  + e.version()
                  + e.parent().map(p -> ", as " + p.step() + " of " + p.saga()).orElse("");
          case SagaQueued e -> "behind " + e.behind();
          case SagaTurnCame e -> "";
          case CommandIssued e -> phase(e.step(), e.phase(), e.attempts().number());
          case StepSucceeded e -> phase(e.step(), Phase.ACTION, e.attempt());
          case StepRejected e ->
              phase(e.step(), Phase.ACTION, e.attempt()) + ", " + e.problem().code();
          case StepCompensated e -> phase(e.step(), Phase.COMPENSATION, e.attempt());
          case AttemptFailed e ->
              phase(e.step(), e.phase(), e.attempt()) + ", " + e.problem().code();
          case AttemptTimedOut e -> phase(e.step(), e.phase(), e.attempt());
          case StepGivenUp e -> phase(e.step(), e.phase(), e.attempt()) + ", " + e.problem().code();
          case TimeoutMoved e -> phase(e.step(), e.phase(), e.attempt()) + " to " + e.timeoutAt();
          case WayChosen e -> e.block() + (e.otherwise() ? " otherwise" : " then");
          case ItemsTaken e -> e.block() + " " + e.items().stream().map(Item::key).toList();
          case WaitBegan e -> e.block() + " until " + e.until();
          case WaitPassed e -> e.block().toString();
          case SignalKept e -> e.block() + " by " + e.signal();
          case SignalTaken e -> e.block() + " by " + e.signal();
          case StepSkipped e -> e.step() + " " + e.phase().wireName() + " by " + e.actor();
          case RetryHastened e -> "by " + e.actor();
          case SagaCompensating e -> e.cause().name();
          case SagaParked e -> e.reason() + ", " + e.problem().code();
          case SagaResumed e -> "by " + e.actor();
          case SagaAborted e -> "by " + e.actor();
          case InputIgnored e -> e.input() + ", " + e.reason() + ", " + e.detail();
          case JournalEntry.ParentAsked e -> e.phase().wireName() + " #" + e.attempt();
          case JournalEntry.ParentAnswered e ->
              phase(e.to().step(), e.to().phase(), e.to().attempt())
                  + " "
                  + e.outcome().wireName()
                  + " to "
                  + e.to().saga();
          case JournalEntry.ChildReleased e -> e.step().toString();
          case JournalEntry.SagaHeld e -> "";
          case JournalEntry.SagaReleased e -> "";
          case SagaCompleted e -> "";
          case SagaCompensated e -> "";
        };
    return details.isEmpty() ? name : name + " (" + details + ")";
  }

  private static String phase(StepName step, Phase phase, int attempt) {
    return step + " " + phase.wireName() + " #" + attempt;
  }
}
