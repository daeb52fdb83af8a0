package io.skald.machine;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Undo;
import io.skald.machine.Trips.Undone;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** All participants, each step behind the fence of the wire contract. */
final class ModelParticipants {

  private enum Fence {
    DONE,
    REJECTED,
    COMPENSATED,
    TOMBSTONED
  }

  /** What an operator gives in place of a receipt. */
  static final String SKIPPED = "skipped";

  private final Random random;
  private final Map<StepName, Fence> fences = new HashMap<>();
  private final List<String> effects = new ArrayList<>();
  private boolean troubled = true;

  ModelParticipants(Random random) {
    this.random = random;
  }

  /** What really happened, in order: a step's name, or its name behind a '-' when undone. */
  List<String> effects() {
    return effects;
  }

  /** From now on nothing fails; a business refusal may still come. */
  void heal() {
    troubled = false;
  }

  /** The answer to a command, whether it comes for the first time or not. */
  Input.ReplyReceived handle(CommandIssued command, String cause) {
    Outcome outcome =
        switch (command.phase()) {
          case ACTION -> action(command);
          case COMPENSATION -> compensation(command);
        };
    Object payload =
        command.phase() == Phase.ACTION ? new Done(receipt(command.step())) : new Undone();
    return new Input.ReplyReceived(
        cause,
        command.participant(),
        command.step(),
        command.phase(),
        command.attempts().number(),
        outcome,
        MessageType.of(payload.getClass()),
        Rehearsal.CODEC.encode(payload),
        outcome == Outcome.SUCCEEDED
            ? Optional.empty()
            : Optional.of(new Problem(outcome.name(), "says " + command.participant())));
  }

  private Outcome action(CommandIssued command) {
    Fence fence = fences.get(command.step());
    if (fence != null) {
      // A tombstone answers what it is, and that is not a success.
      return fence == Fence.DONE ? Outcome.SUCCEEDED : Outcome.REJECTED;
    }
    int roll = random.nextInt(100);
    if (troubled && roll < 15) {
      return Outcome.FAILED;
    }
    if (roll >= 93) {
      fences.put(command.step(), Fence.REJECTED);
      return Outcome.REJECTED;
    }
    fences.put(command.step(), Fence.DONE);
    effects.add(command.step().toString());
    return Outcome.SUCCEEDED;
  }

  private Outcome compensation(CommandIssued command) {
    Fence fence = fences.get(command.step());
    if (fence == null) {
      fences.put(command.step(), Fence.TOMBSTONED);
    } else if (fence == Fence.DONE) {
      if (troubled && random.nextInt(100) < 25) {
        // One that refuses has no right to; it is asked again all the same.
        return random.nextBoolean() ? Outcome.FAILED : Outcome.REJECTED;
      }
      checkReceipt(command);
      fences.put(command.step(), Fence.COMPENSATED);
      effects.add("-" + command.step());
    }
    return Outcome.SUCCEEDED;
  }

  private static void checkReceipt(CommandIssued command) {
    if (command.command().equals(MessageType.of(Undo.class))) {
      Undo undo = Rehearsal.CODEC.decode(command.payload(), Undo.class);
      if (!undo.receipt().equals(receipt(command.step())) && !undo.receipt().equals(SKIPPED)) {
        throw new AssertionError("Undoes " + command.step() + " by another's reply: " + undo);
      }
    }
  }

  private static String receipt(StepName step) {
    return "receipt of " + step;
  }
}
