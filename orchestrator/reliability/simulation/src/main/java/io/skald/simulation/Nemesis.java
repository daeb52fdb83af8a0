package io.skald.simulation;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.time.Duration;
import java.util.List;

/** Makes the faults that strike at times of their own, as often as the run's plan says. */
final class Nemesis {

  private static final Duration HOUR = Duration.ofHours(1);

  private final World world;
  private final long trouble;

  Nemesis(World world) {
    this.world = world;
    this.trouble = Timeline.micros(world.settings().trouble());
  }

  /** Puts everything on the time line. */
  void plan() {
    for (Fault fault : world.faults().chosen()) {
      if (fault.most < 1) {
        continue; // It strikes where it can, not when.
      }
      int times = world.faults().times(fault);
      for (int i = 0; i < times; i++) {
        long at = world.faults().chance(fault).random().nextLong(trouble);
        world.timeline().at(at, () -> strike(fault));
      }
    }
    if (world.faults().has(Fault.READ_AGAIN)) {
      world.timeline().after(Duration.ofSeconds(1), this::readAgain);
    }
    world.network().onArrival(this::cancelAtReply);
  }

  private void strike(Fault fault) {
    if (world.faults().isHealed()) {
      return;
    }
    world.faults().struck(fault);
    world.trace().add(fault.ordinal());
    make(fault, world.faults().chance(fault));
  }

  private void make(Fault fault, Chance chance) {
    switch (fault) {
      case REBALANCE -> world.orchestrators().rebalance();
      case SHARD_OWNED_TWICE -> world.orchestrators().ownTwice();
      case NODE_KILLED -> world.orchestrators().kill();
      case NODE_SUSPENDED -> world.orchestrators().suspend();
      case NODE_RESTARTED -> restart(chance);
      case CLOCK_JUMPED -> world.orchestrators().jumpClock();
      case CLOCKS_APART -> world.orchestrators().setClocksApart();
      case KAFKA_AWAY -> kafkaAway(chance.spread(Duration.ofMillis(500), Duration.ofSeconds(60)));
      case KAFKA_AWAY_FOR_AN_HOUR -> kafkaAway(Timeline.micros(HOUR));
      case DATABASE_AWAY -> databaseAway(chance);
      case TOPIC_LOST -> loseTopic(chance);
      case PARTICIPANT_REBALANCE -> chance.pick(world.participants()).rebalance();
      case PARTITION_OWNED_TWICE -> chance.pick(world.participants()).ownTwice();
      case PARTICIPANT_KILLED -> chance.pick(world.participants()).kill();
      case PARTICIPANT_SLOW -> slowDown(chance);
      case PARTICIPANT_DOWN_FOR_A_DAY -> closeForADay(chance.pick(world.participants()));
      case PARTICIPANT_FROM_OLD_BACKUP -> restoreLater(chance);
      case VERSION_DEPLOYED -> deploy();
      case DEFINITION_MISSING -> forgetDefinition(chance);
      case DEFINITION_DEFECT -> breakDefinition(chance);
      case OPERATOR_CANCELS -> world.operators().meddle("CancelSaga");
      case OPERATOR_ABORTS -> world.operators().meddle("AbortSaga");
      case OPERATOR_RETRIES_TWICE -> world.operators().resumeParked(2);
      case STARTED_AGAIN -> world.clients().startAgain();
      case OPERATOR_HURRIES -> world.operators().hurry();
      case OPERATOR_SKIPS -> world.operators().skip();
      default -> throw new IllegalStateException("Expected " + fault + " to strike by itself");
    }
  }

  private void restart(Chance chance) {
    int place = chance.below(world.orchestrators().nodes().size());
    world.orchestrators().restart(place, world.stories().deployed());
  }

  private void kafkaAway(long micros) {
    world.network().goAway();
    world.timeline().after(micros, world.network()::comeBack);
  }

  private void databaseAway(Chance chance) {
    world.store().goAway();
    world
        .timeline()
        .after(
            chance.spread(Duration.ofMillis(500), Duration.ofSeconds(60)), world.store()::comeBack);
  }

  /** Starts are not lost: who has put them there can't know that they are gone. */
  private void loseTopic(Chance chance) {
    ParticipantGroup group = chance.pick(world.participants());
    world
        .network()
        .recreate(
            chance.oneIn(2)
                ? group.participant().commands().name()
                : group.participant().events().name());
  }

  private void slowDown(Chance chance) {
    ParticipantGroup group = chance.pick(world.participants());
    group.slowDown();
    world
        .timeline()
        .after(chance.spread(Duration.ofSeconds(5), Duration.ofMinutes(5)), group::speedUp);
  }

  private void closeForADay(ParticipantGroup group) {
    group.close();
    world.timeline().after(Duration.ofDays(1), group::open);
  }

  private void restoreLater(Chance chance) {
    ParticipantGroup group = chance.pick(world.participants());
    group.store().backUp();
    world
        .timeline()
        .after(
            chance.spread(Duration.ofSeconds(1), Duration.ofMinutes(1)),
            () -> {
              group.close();
              world
                  .timeline()
                  .after(
                      Duration.ofSeconds(20),
                      () -> {
                        group.store().restore();
                        group.open();
                      });
            });
  }

  /** One node after the other gets the new versions. */
  private void deploy() {
    world.stories().deploySecondVersions();
    int nodes = world.orchestrators().nodes().size();
    for (int place = 0; place < nodes; place++) {
      int next = place;
      world
          .timeline()
          .after(
              Duration.ofSeconds(2L * place),
              () -> world.orchestrators().restart(next, world.stories().deployed()));
    }
  }

  private void forgetDefinition(Chance chance) {
    int place = chance.below(world.orchestrators().nodes().size());
    world.orchestrators().restart(place, world.stories().withoutOldOne());
  }

  private void breakDefinition(Chance chance) {
    world.stories().breakSomething();
    world
        .timeline()
        .after(chance.spread(Duration.ofSeconds(1), Duration.ofSeconds(30)), world.stories()::mend);
  }

  private void readAgain() {
    if (world.faults().isHealed()) {
      return;
    }
    for (ParticipantGroup group : world.participants()) {
      if (world.faults().strikes(Fault.READ_AGAIN)) {
        group.readAgain();
      }
    }
    world.timeline().after(Duration.ofSeconds(1), this::readAgain);
  }

  /** An operator presses cancel in the very moment in which a reply comes in. */
  private void cancelAtReply(InputPartition at) {
    if (!at.topic().endsWith("-events")
        || !world.faults().strikes(Fault.OPERATOR_CANCELS_AT_LAST_REPLY)) {
      return;
    }
    List<Stored> log = world.network().broker().log(at);
    if (!log.isEmpty()) {
      SagaId.parse(log.getLast().header(WireHeaders.SAGA_ID))
          .ifPresent(saga -> world.operators().meddle("CancelSaga", saga));
    }
  }
}
