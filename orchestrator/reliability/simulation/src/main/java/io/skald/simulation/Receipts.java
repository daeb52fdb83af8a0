package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import io.skald.simulation.Messages.Undo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A compensation that is made from its step's reply has that reply (law L3): the one that its
 * participant gave, or the one that an operator gave in its place.
 */
final class Receipts {

  private static final String UNDO = MessageType.of(Undo.class).name();

  private final World world;

  Receipts(World world) {
    this.world = world;
  }

  /** What a participant gives for a step. */
  static String of(String participant, StepName step) {
    return participant + " " + step;
  }

  List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    for (Stored record : world.network().broker().everything()) {
      if (record.type().equals(UNDO) && !Corruption.made(record)) {
        StepName step =
            new StepName(record.header(WireHeaders.STEP), record.header(WireHeaders.ITEM));
        String participant = record.at().topic().replace("-commands", "");
        String found =
            World.CODEC
                .decode(new String(record.message().value(), StandardCharsets.UTF_8), Undo.class)
                .receipt();
        if (!found.equals(of(participant, step)) && !found.startsWith(Operators.BY_HAND)) {
          violations.add(
              new Violation(
                  "L3",
                  "receipts",
                  SagaId.parse(record.header(WireHeaders.SAGA_ID)),
                  "Expected step '"
                      + step
                      + "' to be undone with the receipt of "
                      + participant
                      + ", but found '"
                      + found
                      + "'",
                  ""));
        }
      }
    }
    return violations;
  }
}
