package io.skald.simulation;

import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.Journal.StoredSaga;
import io.skald.orchestrator.lane.Lane;
import io.skald.orchestrator.lane.LaneContext;
import io.skald.orchestrator.lane.LaneSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One orchestrator process with one lane, from its start to its death. Its lane is the production
 * one; how long a turn waits is told to the time line, so that nobody really waits.
 */
final class OrchestratorNode {

  private static final long LONGEST_NAP = Timeline.micros(Duration.ofSeconds(3));

  private final World world;
  private final String name;
  private final SkewedClock clock;
  private final Producer producer;
  private final LaneSource source;
  private final Lane lane;
  private final Consumer<InputPartition> onArrival = this::arrived;
  private final long longestIdle;
  private boolean dead;
  private boolean inTurn;
  private boolean committed;
  private long suspendedUntil;
  private long nextTurn = Long.MAX_VALUE;
  private long plan;
  private int idle;

  OrchestratorNode(World world, String name, SkewedClock clock, Definitions definitions) {
    this.world = world;
    this.name = name;
    this.clock = clock;
    this.producer = new Producer(world, this::hear);
    this.source =
        new LaneSource(
            world,
            world.stories().inputTopics(definitions),
            world.settings().maxRecords(),
            () -> wake(0),
            this::meanwhile);
    LaneSettings settings = world.settings().lane(name);
    Mechanisms mechanisms = world.mechanisms();
    LaneContext context =
        new LaneContext(
            settings,
            world.shards(),
            definitions,
            mechanisms.machine(),
            new StoreConnection(world, this),
            mechanisms.reader(definitions),
            mechanisms.writer(),
            new NodeListener(world.clients(), this),
            clock,
            world.laneChance().random());
    this.lane =
        new Lane(name, context, mechanisms.source(source), new LaneSink(world, producer, this));
    this.longestIdle = Timeline.micros(settings.timerHorizon().dividedBy(3));
    world.network().onArrival(onArrival);
  }

  String name() {
    return name;
  }

  Lane lane() {
    return lane;
  }

  SkewedClock clock() {
    return clock;
  }

  boolean isDead() {
    return dead;
  }

  boolean isSuspended() {
    return suspendedUntil > world.timeline().now();
  }

  /** Whether it can be talked to. */
  boolean isUp() {
    return !dead && !isSuspended();
  }

  boolean isInTurn() {
    return inTurn;
  }

  boolean isQuiet() {
    return lane.isWell() && producer.isIdle() && source.hasReadAll();
  }

  // --- what happens to it

  /** It dies at once; in the middle of a turn it notices at its next call to the outside. */
  void kill() {
    if (dead) {
      return;
    }
    dead = true;
    if (!inTurn) {
      bury();
    }
  }

  /** Its threads stand still, and go on as if nothing had happened. */
  void suspend(long micros) {
    suspendedUntil = Math.max(suspendedUntil, world.timeline().now() + micros);
    world.orchestrators().suspended(this, suspendedUntil);
    wake(0);
  }

  /** Ends in order, unless it dies while it does. */
  void stop() {
    inTurn = true;
    try {
      lane.close();
    } catch (Crash crash) {
      producer.die();
    }
    dead = true;
    inTurn = false;
    world.network().forget(onArrival);
  }

  private void bury() {
    producer.die();
    world.network().forget(onArrival);
    world.orchestrators().died(this);
  }

  // --- what its ports ask

  void mustLive() {
    if (dead) {
      throw new Crash(name + " is dead");
    }
  }

  void mayCrash(Fault fault) {
    mustLive();
    if (world.faults().strikes(fault)) {
      dead = true;
      throw new Crash(name + ": " + fault);
    }
  }

  /** Stands still in the middle of a turn, while all others go on. */
  boolean maySuspend(Fault fault) {
    if (!world.canStandStill() || !world.faults().strikes(fault)) {
      return false;
    }
    long micros =
        world.faults().chance(fault).spread(Duration.ofMillis(500), Duration.ofSeconds(60));
    suspendedUntil = world.timeline().now() + micros;
    world.orchestrators().suspended(this, suspendedUntil);
    world.standStill(micros);
    mustLive();
    return true;
  }

  /** It was not idle. */
  void hasCommitted() {
    committed = true;
  }

  /** While a lane waits for input its acknowledgements come in. */
  private void meanwhile() {
    mustLive();
    maySuspend(Fault.SUSPENDED_WHILE_READING);
    if (world.canStandStill() && world.faults().strikes(Fault.ACKNOWLEDGED_MEANWHILE)) {
      world.standStill(Timeline.micros(Duration.ofMillis(5)));
      mustLive();
    }
  }

  // --- its turns

  private void hear(Runnable receipt) {
    if (dead) {
      return;
    }
    if (isSuspended()) {
      world.timeline().at(suspendedUntil, () -> hear(receipt));
      return;
    }
    receipt.run();
    idle = 0;
    wake(world.latency().spread(Duration.ofMillis(1), Duration.ofMillis(200)));
  }

  private void arrived(InputPartition at) {
    if (!dead && source.reads(at)) {
      idle = 0;
      wake(world.latency().spread(Duration.ofNanos(200_000), Duration.ofMillis(8)));
    }
  }

  /** Comes round so soon, or sooner. */
  void wake(long micros) {
    long at = Math.max(world.timeline().now() + micros, suspendedUntil);
    if (dead || at >= nextTurn) {
      return;
    }
    nextTurn = at;
    long mine = ++plan;
    world
        .timeline()
        .at(
            at,
            () -> {
              if (plan == mine) {
                nextTurn = Long.MAX_VALUE;
                turn();
              }
            });
  }

  private void turn() {
    if (dead || inTurn) {
      return;
    }
    if (isSuspended()) {
      wake(0);
      return;
    }
    inTurn = true;
    committed = false;
    Duration pause = lane.turn();
    inTurn = false;
    if (dead) {
      bury();
      return;
    }
    wake(untilNextTurn(pause));
  }

  private long untilNextTurn(Duration pause) {
    boolean idleTurn = !committed && lane.isWell() && (lane.shards().isEmpty() || isWaiting());
    if (!idleTurn) {
      idle = 0;
      return Timeline.micros(pause)
          + world.latency().spread(Duration.ofNanos(100_000), Duration.ofMillis(4));
    }
    long wait = Math.max(Timeline.micros(pause), Timeline.micros(source.wouldWait()));
    idle++;
    long longest = producer.isIdle() && !lane.shards().isEmpty() ? longestIdle : LONGEST_NAP;
    long stretched = Math.min(wait << Math.min(idle, 20), Math.max(wait, longest));
    return Math.min(stretched, untilDue());
  }

  private boolean isWaiting() {
    return !source.wouldWait().isZero() || !producer.isIdle();
  }

  /** Until the next saga of its shards is due by its clock, when that is to come. */
  private long untilDue() {
    Instant now = clock.instant();
    Set<Integer> shards = lane.shards();
    long least = Long.MAX_VALUE;
    for (StoredSaga saga : world.store().journal().sagas()) {
      Optional<Instant> due = saga.state().nextDueAt();
      if (due.isPresent() && due.get().isAfter(now) && shards.contains(saga.shard())) {
        least = Math.min(least, Timeline.micros(Duration.between(now, due.get())) + 1);
      }
    }
    return least;
  }

  @Override
  public String toString() {
    return name
        + (dead ? " dead" : isSuspended() ? " suspended" : "")
        + (inTurn ? " in its turn" : "")
        + (lane.isWell() ? "" : " unwell")
        + " runs "
        + lane.shards()
        + ", next turn "
        + nextTurn;
  }
}
