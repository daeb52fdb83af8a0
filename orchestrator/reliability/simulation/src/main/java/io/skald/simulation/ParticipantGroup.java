package io.skald.simulation;

import io.skald.orchestrator.lane.InputPartition;
import io.skald.participant.BusinessRefusal;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.participant.TransientFailure;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.simulation.Messages.Do;
import io.skald.simulation.Messages.Done;
import io.skald.simulation.Messages.Undo;
import io.skald.simulation.Messages.UndoBlindly;
import io.skald.simulation.Messages.Undone;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A participant: its processes, its database, its consumer group, and what it does when a command
 * comes. It refuses some actions for business reasons, at whim: a refusal that is not remembered
 * may be a yes the next time.
 */
final class ParticipantGroup {

  private static final long SESSION = Timeline.micros(Duration.ofSeconds(10));

  private final World world;
  private final Participant participant;
  private final Chance chance;
  private final double refusals;
  private final int batchSize;
  private final ParticipantStore store;
  private final ParticipantService service;
  private final Mail mail = new Mail();
  private final List<ParticipantInstance> instances = new ArrayList<>();
  private final Map<InputPartition, ParticipantInstance> owners = new LinkedHashMap<>();
  private final Map<InputPartition, Long> offsets = new HashMap<>();
  private int slowness = 1;
  private int closures;

  ParticipantGroup(World world, Participant participant, Chance chance) {
    this.world = world;
    this.participant = participant;
    this.chance = chance;
    this.refusals = chance.oneIn(2) ? 0 : chance.random().nextDouble(0.25);
    this.batchSize = chance.pick(List.of(1, 3, 20));
    this.store = new ParticipantStore(world.timeline(), world.trace());
    this.service =
        ParticipantService.named(participant.name())
            .action(Do.class, this::act)
            .compensation(Undo.class, (undo, context) -> undo(context, undo.trip()))
            .compensation(UndoBlindly.class, (undo, context) -> undo(context, undo.trip()))
            .build();
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      instances.add(new ParticipantInstance(world, this));
    }
    String topic = participant.commands().name();
    for (int partition = 0; partition < partitions(); partition++) {
      InputPartition at = new InputPartition(topic, partition);
      assign(at, instances.get(partition % count));
    }
  }

  private int partitions() {
    return world.network().broker().partitionsOf(participant.commands().name());
  }

  Participant participant() {
    return participant;
  }

  ParticipantStore store() {
    return store;
  }

  ParticipantService service() {
    return service;
  }

  /** What it is about to handle. */
  Mail mail() {
    return mail;
  }

  int batchSize() {
    return batchSize;
  }

  /** How long the next batch takes to come and be done. */
  long delay() {
    return slowness * world.latency().spread(Duration.ofMillis(1), Duration.ofMillis(15));
  }

  // --- what its handlers do

  private Done act(Do command, CommandContext context) {
    store.effect(context.sagaId(), context.step(), Phase.ACTION, command.amount());
    mayFail();
    if (chance.with(refusals) && mayRefuse(context)) {
      throw new BusinessRefusal("FULL", "Nothing left");
    }
    return new Done(Receipts.of(participant.name(), context.step()), command.amount());
  }

  /** A step behind the pivot that is refused parks its saga for good; that is none of our story. */
  private boolean mayRefuse(CommandContext context) {
    return !context.step().value().startsWith(RandomStory.FORWARD_ONLY);
  }

  private Undone undo(CommandContext context, String trip) {
    Done done = context.actionReply(Done.class).orElseThrow();
    store.effect(context.sagaId(), context.step(), Phase.COMPENSATION, done.amount());
    mayFail();
    if (world.faults().strikes(Fault.COMPENSATION_REFUSED)) {
      throw new BusinessRefusal("NOT_NOW", "It can't be undone today");
    }
    return new Undone(trip);
  }

  private void mayFail() {
    if (world.faults().strikes(Fault.HANDLER_DEADLOCK)) {
      throw new IllegalStateException(new SQLException("deadlock", "40P01"));
    }
    if (world.faults().strikes(Fault.HANDLER_FAILED)) {
      String code = chance.oneIn(4) ? RandomStory.FINAL_CODE : TransientFailure.DEFAULT_CODE;
      throw new TransientFailure(code, "Try later");
    }
  }

  // --- its consumer group

  void commit(InputPartition partition, long position) {
    offsets.put(partition, position);
  }

  private void assign(InputPartition partition, ParticipantInstance instance) {
    owners.put(partition, instance);
    instance.give(partition, offsets.getOrDefault(partition, 0L));
  }

  void rebalance() {
    for (InputPartition partition : List.copyOf(owners.keySet())) {
      move(partition);
    }
  }

  private void move(InputPartition partition) {
    List<ParticipantInstance> up = instances.stream().filter(ParticipantInstance::isUp).toList();
    if (up.isEmpty()) {
      return;
    }
    ParticipantInstance former = owners.get(partition);
    ParticipantInstance next = chance.pick(up);
    if (former != null && former != next && former.isUp()) {
      former.take(partition);
    }
    assign(partition, next);
  }

  /** For a while two processes read a partition. */
  void ownTwice() {
    InputPartition partition = chance.pick(List.copyOf(owners.keySet()));
    ParticipantInstance second = chance.pick(instances);
    if (!second.isUp() || owners.get(partition) == second) {
      return;
    }
    second.give(partition, offsets.getOrDefault(partition, 0L));
    world
        .timeline()
        .after(
            chance.spread(Duration.ofMillis(50), Duration.ofSeconds(10)),
            () -> {
              if (owners.get(partition) != second) {
                second.take(partition);
              }
            });
  }

  /** Something of what was read is read again: an offset was not committed. */
  void readAgain() {
    InputPartition partition = chance.pick(List.copyOf(owners.keySet()));
    ParticipantInstance owner = owners.get(partition);
    long position = offsets.getOrDefault(partition, 0L);
    if (owner != null && position > 0) {
      owner.rewind(partition, chance.below(Math.toIntExact(position)));
    }
  }

  /** Everything that was ever sent is read once more. */
  void readAllAgain() {
    owners.forEach((partition, owner) -> owner.rewind(partition, 0));
  }

  void kill() {
    chance.pick(instances).kill();
  }

  void died(ParticipantInstance instance) {
    world
        .timeline()
        .after(
            chance.spread(Duration.ofMillis(300), Duration.ofSeconds(10)), () -> replace(instance));
  }

  void suspended(ParticipantInstance instance, long micros) {
    if (micros > SESSION) {
      world.timeline().after(SESSION, () -> leave(instance));
    }
  }

  /** Its partitions go to others, who are there. */
  private void leave(ParticipantInstance instance) {
    for (InputPartition partition : List.copyOf(owners.keySet())) {
      if (owners.get(partition) == instance) {
        move(partition);
      }
    }
  }

  private void replace(ParticipantInstance instance) {
    int place = instances.indexOf(instance);
    if (place < 0 || closures > 0) {
      return;
    }
    ParticipantInstance next = new ParticipantInstance(world, this);
    instances.set(place, next);
    for (InputPartition partition : List.copyOf(owners.keySet())) {
      if (owners.get(partition) == instance) {
        assign(partition, next);
      }
    }
  }

  void slowDown() {
    slowness = 100;
  }

  void speedUp() {
    slowness = 1;
  }

  /** All its processes are down until it opens again. */
  void close() {
    closures++;
    instances.forEach(ParticipantInstance::kill);
  }

  void open() {
    closures--;
    if (closures == 0) {
      List.copyOf(instances).stream().filter(ParticipantInstance::isDead).forEach(this::replace);
    }
  }

  /** Every partition has one reader that goes on from where the group is. */
  void heal() {
    slowness = 1;
    List.copyOf(instances).stream().filter(ParticipantInstance::isDead).forEach(this::replace);
    int turn = 0;
    for (InputPartition partition : List.copyOf(owners.keySet())) {
      instances.forEach(instance -> instance.take(partition));
      assign(partition, instances.get(turn++ % instances.size()));
    }
  }

  /** One that is down is not: what waits for it has not been handled. */
  boolean isQuiet() {
    return closures == 0 && instances.stream().allMatch(ParticipantInstance::isQuiet);
  }

  @Override
  public String toString() {
    return participant.name();
  }
}
