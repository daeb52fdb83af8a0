package io.skald.orchestrator.lane;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** All participants of a world, each step behind the fence of the wire contract. */
final class FencedParticipants {

  private static final List<String> TOPICS =
      List.of("hotel-commands", "flight-commands", "bank-commands");

  private enum Fence {
    DONE,
    REJECTED,
    COMPENSATED,
    TOMBSTONED
  }

  private final World world;
  private final RandomGenerator random;
  private final Map<InputPartition, Integer> positions = new HashMap<>();
  private final Map<String, Fence> fences = new HashMap<>();
  private final Map<String, List<String>> effects = new HashMap<>();
  private boolean troubled = true;

  FencedParticipants(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** What really happened to a saga, in order: a step's name, behind a '-' when undone. */
  List<String> effects(String key) {
    return effects.getOrDefault(key, List.of());
  }

  void heal() {
    troubled = false;
  }

  /**
   * Reads one command of one partition and answers it, if neither is lost on the way.
   *
   * @return false when there was nothing to read
   */
  boolean handleNext() {
    List<InputPartition> waiting = new ArrayList<>();
    for (String topic : TOPICS) {
      for (int partition = 0; partition < World.SHARDS; partition++) {
        InputPartition at = new InputPartition(topic, partition);
        if (positions.getOrDefault(at, 0) < world.broker.log(at).size()) {
          waiting.add(at);
        }
      }
    }
    if (waiting.isEmpty()) {
      return false;
    }
    InputPartition at = waiting.get(random.nextInt(waiting.size()));
    int position = positions.merge(at, 1, Integer::sum) - 1;
    if (!troubled || random.nextInt(20) > 0) {
      handle(world.broker.log(at).get(position));
    }
    return true;
  }

  /** Reads again what was read before. */
  void handleAgain() {
    List<InputPartition> read = List.copyOf(positions.keySet());
    if (!read.isEmpty()) {
      InputPartition at = read.get(random.nextInt(read.size()));
      handle(world.broker.log(at).get(random.nextInt(positions.getOrDefault(at, 1))));
    }
  }

  private void handle(Stored command) {
    boolean action = command.header(WireHeaders.PHASE).equals("action");
    Outcome outcome = action ? action(command) : compensation(command);
    int copies = troubled ? random.nextInt(3) : 1;
    String key = command.message().key();
    for (int i = 0; i < copies; i++) {
      boolean astray = troubled && random.nextInt(10) == 0;
      int partition =
          astray
              ? random.nextInt(World.SHARDS)
              : Integer.parseInt(command.header(WireHeaders.SHARD));
      world.replyOn(partition, key, command, outcome);
    }
  }

  private Outcome action(Stored command) {
    String place = place(command);
    Fence fence = fences.get(place);
    if (fence != null) {
      return fence == Fence.DONE ? Outcome.SUCCEEDED : Outcome.REJECTED;
    }
    if (troubled && random.nextInt(8) == 0) {
      return Outcome.FAILED;
    }
    String step = command.header(WireHeaders.STEP);
    if (random.nextInt(20) == 0 && !step.equals("ticket")) {
      fences.put(place, Fence.REJECTED);
      return Outcome.REJECTED;
    }
    fences.put(place, Fence.DONE);
    happen(command, step);
    return Outcome.SUCCEEDED;
  }

  private Outcome compensation(Stored command) {
    String place = place(command);
    Fence fence = fences.get(place);
    if (fence == null) {
      fences.put(place, Fence.TOMBSTONED);
    } else if (fence == Fence.DONE) {
      if (troubled && random.nextInt(8) == 0) {
        return Outcome.FAILED;
      }
      fences.put(place, Fence.COMPENSATED);
      happen(command, "-" + command.header(WireHeaders.STEP));
    }
    return Outcome.SUCCEEDED;
  }

  private void happen(Stored command, String effect) {
    effects.computeIfAbsent(command.message().key(), k -> new ArrayList<>()).add(effect);
  }

  private static String place(Stored command) {
    return command.header(WireHeaders.SAGA_ID) + "/" + command.header(WireHeaders.STEP);
  }
}
