package io.skald.simulation;

import io.skald.orchestrator.lane.Definitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All orchestrator processes, and the consumer group that says which shards are whose. The group
 * may be wrong: it takes a silent member for dead, and gives one shard to two.
 */
final class Orchestrators {

  private static final long SESSION = Timeline.micros(Duration.ofSeconds(10));
  private static final long HANDOVER = Timeline.micros(Duration.ofSeconds(5));

  private final World world;
  private final Chance chance;
  private final List<OrchestratorNode> nodes = new ArrayList<>();
  private final List<OrchestratorNode> owners = new ArrayList<>();
  private int names;

  Orchestrators(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      SkewedClock clock = new SkewedClock(world.timeline());
      nodes.add(fresh(clock, world.stories().deployed()));
    }
    for (int shard = 0; shard < world.shards().count(); shard++) {
      OrchestratorNode node = nodes.get(shard % count);
      owners.add(node);
      node.lane().claim(shard);
    }
  }

  private OrchestratorNode fresh(SkewedClock clock, Definitions definitions) {
    return new OrchestratorNode(world, "node-" + ++names, clock, definitions);
  }

  List<OrchestratorNode> nodes() {
    return nodes;
  }

  // --- faults

  /** The group shares the shards out anew. */
  void rebalance() {
    for (int shard = 0; shard < owners.size(); shard++) {
      assign(shard, chance.pick(nodes));
    }
  }

  /** For a while two members think that a shard is theirs. */
  void ownTwice() {
    int shard = chance.below(owners.size());
    OrchestratorNode second = chance.pick(nodes);
    second.lane().claim(shard);
    world
        .timeline()
        .after(
            chance.spread(Duration.ofMillis(100), Duration.ofSeconds(30)),
            () -> {
              if (owners.get(shard) != second && !second.isDead()) {
                second.lane().release(shard, () -> {});
              }
            });
  }

  void kill() {
    chance.pick(nodes).kill();
  }

  void suspend() {
    OrchestratorNode node = chance.pick(nodes);
    if (node.isUp() && !node.isInTurn()) {
      node.suspend(chance.spread(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }
  }

  /** A process ends in order, and another one starts in its place with these definitions. */
  void restart(int place, Definitions definitions) {
    OrchestratorNode node = nodes.get(place);
    if (!node.isUp() || node.isInTurn()) {
      return;
    }
    node.stop();
    nodes.set(place, fresh(node.clock(), definitions));
    for (int shard = 0; shard < owners.size(); shard++) {
      if (owners.get(shard) == node) {
        give(shard, nodes.get(place));
      }
    }
  }

  void jumpClock() {
    int hour = 3_600;
    Duration by = Duration.ofSeconds(chance.between(-hour, hour));
    chance.pick(nodes).clock().jump(by);
  }

  void setClocksApart() {
    for (OrchestratorNode node : nodes) {
      node.clock().jump(Duration.ofSeconds(chance.between(-300, 300)));
    }
  }

  // --- membership

  void died(OrchestratorNode node) {
    long silence = chance.spread(Duration.ofMillis(300), Duration.ofSeconds(30));
    world.timeline().after(silence, () -> replace(node));
    world.timeline().after(SESSION, () -> giveAway(node));
  }

  private void replace(OrchestratorNode node) {
    int place = nodes.indexOf(node);
    if (place < 0) {
      return; // It has been replaced already.
    }
    OrchestratorNode next = fresh(node.clock(), world.stories().deployed());
    nodes.set(place, next);
    for (int shard = 0; shard < owners.size(); shard++) {
      if (owners.get(shard) == node) {
        give(shard, next);
      }
    }
    next.wake(0);
  }

  /** The group has not heard of a member for too long. */
  private void giveAway(OrchestratorNode node) {
    if (node.isUp()) {
      return;
    }
    List<OrchestratorNode> others = nodes.stream().filter(OrchestratorNode::isUp).toList();
    if (others.isEmpty()) {
      return;
    }
    for (int shard = 0; shard < owners.size(); shard++) {
      if (owners.get(shard) == node) {
        give(shard, chance.pick(others));
      }
    }
  }

  void suspended(OrchestratorNode node, long until) {
    if (until - world.timeline().now() > SESSION) {
      world.timeline().after(SESSION, () -> giveAway(node));
    }
    world.timeline().at(until, () -> isBack(node));
  }

  /** A member that was silent for too long learns what it has lost. */
  private void isBack(OrchestratorNode node) {
    for (int shard = 0; shard < owners.size() && !node.isDead(); shard++) {
      if (owners.get(shard) == node) {
        node.lane().claim(shard);
      } else {
        node.lane().release(shard, () -> {});
      }
    }
  }

  private void assign(int shard, OrchestratorNode node) {
    OrchestratorNode former = owners.get(shard);
    if (former == node) {
      return;
    }
    owners.set(shard, node);
    if (!former.isUp()) {
      claim(shard, node);
      return;
    }
    former.lane().release(shard, () -> claim(shard, node));
    world.timeline().after(HANDOVER, () -> claim(shard, node));
  }

  private void give(int shard, OrchestratorNode node) {
    owners.set(shard, node);
    claim(shard, node);
  }

  private void claim(int shard, OrchestratorNode node) {
    if (owners.get(shard) == node && !node.isDead()) {
      node.lane().claim(shard);
    }
  }

  // --- the end

  /** Every node is up, has every definition, and each shard has one owner. */
  void heal() {
    for (int place = 0; place < nodes.size(); place++) {
      OrchestratorNode node = nodes.get(place);
      if (node.isUp() && !node.isInTurn()) {
        restart(place, world.stories().deployed());
      } else {
        node.kill();
        replace(node);
      }
    }
    for (int shard = 0; shard < owners.size(); shard++) {
      OrchestratorNode owner = nodes.get(shard % nodes.size());
      owners.set(shard, owner);
      for (OrchestratorNode node : nodes) {
        if (node != owner) {
          node.lane().release(shard, () -> {});
        }
      }
      owner.lane().claim(shard);
    }
  }

  /** Whether every shard is run by somebody, and nobody has anything to do. */
  boolean areQuiet() {
    Set<Integer> run = new HashSet<>();
    nodes.forEach(node -> run.addAll(node.lane().shards()));
    return run.size() == owners.size() && nodes.stream().allMatch(OrchestratorNode::isQuiet);
  }
}
