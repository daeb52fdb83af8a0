package io.skald.orchestrator.lane;

import static io.skald.saga.message.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.orchestrator.lane.Journal.Wake;
import io.skald.orchestrator.lane.World.Node;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers fire late or not at all, but never for a reply that stands in Kafka already. */
class TimersTest {

  private static final int SHARD = 0;

  private final World world = new World();
  private final String first = world.keyIn(SHARD, 0);
  private final String second = world.keyIn(SHARD, 1);

  private int timeouts(String key) {
    return world.entries(key, AttemptTimedOut.class).size();
  }

  @Test
  void shouldFire_whenNoReplyComesInTime() {
    // given
    Node node = world.lane();
    world.request(first);
    node.turn();

    // when
    world.clock.tick(Trips.TIMEOUT.minusMillis(1));
    node.turns(2);

    // then
    assertThat(timeouts(first)).isZero();

    // when
    world.clock.tick(Duration.ofMillis(1));
    node.turns(2);

    // then
    assertThat(timeouts(first)).isEqualTo(1);

    // when
    world.clock.tick(Duration.ofSeconds(1));
    node.turns(2);

    // then
    assertThat(world.sent(first)).containsExactly("hotel", "hotel");
  }

  @Test
  void shouldReadOnFromWhereItHasRead_untilItMustLookAnew() {
    Timers timers = new Timers(Duration.ofSeconds(10), 2);
    Instant horizon = Instant.parse("2026-01-31T12:00:00Z");
    assertThat(timers.knownUpTo()).isEqualTo(Instant.EPOCH);
    // when
    timers.refill(List.of(), horizon);
    // then
    assertThat(timers.knownUpTo()).isEqualTo(horizon);
    // when
    timers.forgetHorizon();
    // then
    assertThat(timers.knownUpTo()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void shouldReadOnWhileSomeAreDue_butNotWhileAllRoomIsTaken() {
    Timers timers = new Timers(Duration.ofSeconds(10), 2);
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    Wake due = new Wake(World.id(first), SHARD, now);
    Wake later = new Wake(World.id(second), SHARD, now.plusSeconds(1));
    timers.refill(List.of(due), now.plusSeconds(1));

    assertThat(timers.wantsRefill(now)).isTrue();

    timers.refill(List.of(later), now.plusSeconds(2));
    assertThat(timers.wantsRefill(now)).isFalse();
    assertThat(timers.takeDue(now, 5)).containsExactly(due);
    assertThat(timers.wantsRefill(now)).isTrue();
  }

  @Test
  void shouldNotForget_whenPostponedBeyondWhatIsKnown() {
    // given
    Timers timers = new Timers(Duration.ofSeconds(10), 2);
    Instant horizon = Instant.parse("2026-01-31T12:00:00Z");
    SagaId saga = SagaId.forKey("trip", first);
    timers.refill(List.of(), horizon);
    // when
    timers.postpone(saga, 1, horizon.plusSeconds(60));
    timers.refill(List.of(), horizon.plusSeconds(5));
    // then
    assertThat(timers.next()).contains(horizon.plusSeconds(60));
    assertThat(timers.takeDue(horizon.plusSeconds(60), 10)).hasSize(1);
  }

  @Test
  void shouldStayInTheDatabase_whenFarAhead() {
    // given
    world.with(Trips.patient());
    Node node = world.lane();
    SagaId saga = SagaId.forKey("patient", first);
    world.startByApi("patient", saga, first, new Trips.Trip(first, List.of()));
    node.turn();

    // when
    node.source().patience().clear();
    node.turn();

    // then: it would wait for the timer if it knew of it
    assertThat(node.source().patience()).containsExactly(Duration.ofMillis(500));

    // when
    world.clock.tick(Duration.ofDays(365));
    node.turns(2);

    // then
    assertThat(world.journal.transitions(saga)).hasSize(2);
  }

  @Test
  void shouldWaitNoLongerThanUntilTheNext_whenItIsNear() {
    // given
    Node node = world.lane();
    world.request(first);
    node.turn();
    world.clock.tick(Trips.TIMEOUT.minusMillis(200));

    // when
    node.source().patience().clear();
    node.turn();

    // then
    assertThat(node.source().patience()).containsExactly(Duration.ofMillis(200));
  }

  @Test
  void shouldFireForSagasOfAFormerOwner() {
    // given
    world.lane();
    Node former = world.lane();
    world.request(first);
    former.turn();
    world.clock.tick(Duration.ofMinutes(1));

    // when
    Node latter = world.lane();
    latter.turns(3);
    world.clock.tick(Duration.ofMinutes(1));
    latter.turns(3);

    // then
    assertThat(timeouts(first)).isPositive();
  }

  @Test
  void shouldDoNothingAndBeCounted_whenStale() {
    // given
    Node node = world.lane();
    world.request(first);
    node.turn();
    world.clock.tick(Trips.TIMEOUT);

    // when: the reply is decided in the turn in which the timer is due
    world.reply(first, "hotel", SUCCEEDED);
    node.turn();

    // then
    assertThat(timeouts(first)).isZero();
    assertThat(world.heard.staleTimers).isEqualTo(1);
    assertThat(world.sent(first)).containsExactly("hotel", "flight");
  }

  @Test
  void shouldWait_whenTheInputIsNotRead() {
    // given
    Node node = world.lane();
    world.request(first);
    node.turn();
    world.clock.tick(Duration.ofMinutes(10));
    world.reply(first, "hotel", SUCCEEDED);
    node.source().setMaxRecords(0);

    // when
    node.turns(5);

    // then
    assertThat(timeouts(first)).isZero();

    // when
    node.source().setMaxRecords(100);
    node.turns(2);

    // then
    assertThat(timeouts(first)).isZero();
    assertThat(world.sent(first)).startsWith("hotel", "flight");
  }

  @Test
  void shouldWait_whenKafkaDoesNotSayHowFarTheInputReaches() {
    // given
    Node node = world.lane();
    world.request(first);
    node.turn();
    world.clock.tick(Duration.ofMinutes(1));
    node.source().setAway(true);

    // when
    node.turns(5);

    // then
    assertThat(timeouts(first)).isZero();

    // when
    node.source().setAway(false);
    node.turns(3);

    // then
    assertThat(timeouts(first)).isEqualTo(1);
  }

  /** What falls due while a backlog is read has its reply behind that backlog. */
  @Test
  void shouldFireOnlyWhatWasDueThen_whenTheInputHasBeenReadUpToATime() {
    // given: one is due and waits for a backlog; the other falls due meanwhile
    Node node = world.lane();
    world.request(first);
    node.turn();
    world.clock.tick(Duration.ofSeconds(5));
    world.request(second);
    node.turn();
    world.clock.tick(Duration.ofSeconds(5));
    world.put("hotel-events", SHARD, "x", world.event("Fact", "x"), "{}");
    node.source().setMaxRecords(0);
    node.turn();
    world.clock.tick(Duration.ofSeconds(5));
    world.reply(second, "hotel", SUCCEEDED);

    // when: the backlog is read, but not what has come since
    node.source().setMaxRecords(1);
    node.turn();

    // then
    assertThat(timeouts(first)).isEqualTo(1);
    assertThat(timeouts(second)).isZero();

    // when
    node.turns(3);

    // then
    assertThat(timeouts(second)).isZero();
    assertThat(world.sent(second)).containsExactly("hotel", "flight");
  }

  @Test
  void shouldForgetHowFarItWantedToRead_whenNothingIsDueAnyMore() {
    // given: a timer waits for two records, the first of which settles its step
    Node node = world.lane();
    world.request(first);
    node.turn();
    world.clock.tick(Duration.ofSeconds(5));
    world.request(second);
    node.turn();
    world.clock.tick(Duration.ofSeconds(5));
    world.reply(first, "hotel", SUCCEEDED);
    world.put("trip-requests", SHARD, "x", world.event("Fact", "x"), "{}");
    node.source().setMaxRecords(0);
    node.turn();
    node.source().setMaxRecords(1);
    node.turns(3);
    node.source().patience().clear();
    node.turn();
    assertThat(node.source().patience()).containsExactly(Duration.ofMillis(500));

    // when: another falls due, and its reply is not read yet
    world.clock.tick(Duration.ofSeconds(5));
    world.reply(second, "hotel", SUCCEEDED);
    node.source().setMaxRecords(0);
    node.turns(3);

    // then
    assertThat(timeouts(second)).isZero();

    // when
    node.source().setMaxRecords(10);
    node.turns(3);

    // then
    assertThat(timeouts(second)).isZero();
  }

  @Test
  void shouldAllFire_whenMoreAreDueThanFitIntoATurn() {
    // given
    world.with(
        new LaneSettings(
            "x",
            2,
            1_000,
            1_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));
    Node node = world.lane();
    for (int i = 0; i < 50; i++) {
      world.request("T-" + i);
    }
    node.turn();
    world.clock.tick(Trips.TIMEOUT);

    // when
    for (int i = 0; i < 60; i++) {
      node.turn();
      world.clock.tick(Duration.ofMillis(10));
    }

    // then
    for (int i = 0; i < 50; i++) {
      assertThat(timeouts("T-" + i)).isEqualTo(1);
    }
  }
}
