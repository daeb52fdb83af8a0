package io.skald.testkit;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.Map;

/** All participants of a saga, each step behind the fence that the wire contract asks for. */
final class ModelParticipants {

  private enum Fence {
    NOTHING,
    DONE,
    REJECTED,
    COMPENSATED,
    TOMBSTONE
  }

  private final Trouble trouble;
  private final Map<StepName, Fence> fences = new HashMap<>();
  private final Map<StepName, Integer> done = new HashMap<>();
  private final Map<StepName, Integer> undone = new HashMap<>();

  ModelParticipants(Trouble trouble) {
    this.trouble = trouble;
  }

  /** What they say to a command, whether it comes for the first time or not. */
  Outcome handle(CommandIssued command) {
    Fence fence = fences.getOrDefault(command.step(), Fence.NOTHING);
    return switch (command.phase()) {
      case ACTION -> action(command, fence);
      case COMPENSATION -> compensation(command, fence);
    };
  }

  /** How often the step was really done. */
  int done(StepName step) {
    return done.getOrDefault(step, 0);
  }

  /** How often it was really undone. */
  int undone(StepName step) {
    return undone.getOrDefault(step, 0);
  }

  private Outcome action(CommandIssued command, Fence fence) {
    if (fence != Fence.NOTHING) {
      return fence == Fence.DONE ? Outcome.SUCCEEDED : Outcome.REJECTED;
    }
    if (trouble.fails(command)) {
      return Outcome.FAILED;
    }
    if (trouble.refuses(command)) {
      fences.put(command.step(), Fence.REJECTED);
      return Outcome.REJECTED;
    }
    fences.put(command.step(), Fence.DONE);
    done.merge(command.step(), 1, Integer::sum);
    return Outcome.SUCCEEDED;
  }

  private Outcome compensation(CommandIssued command, Fence fence) {
    if (trouble.fails(command)) {
      return Outcome.FAILED;
    }
    if (fence == Fence.NOTHING) {
      fences.put(command.step(), Fence.TOMBSTONE);
    } else if (fence == Fence.DONE) {
      fences.put(command.step(), Fence.COMPENSATED);
      undone.merge(command.step(), 1, Integer::sum);
    }
    return Outcome.SUCCEEDED;
  }

  static String said(CommandIssued command, Outcome outcome) {
    return command.participant()
        + " answers "
        + (command.phase() == Phase.ACTION ? "step '" : "the compensation of step '")
        + command.step()
        + "': "
        + outcome;
  }
}
