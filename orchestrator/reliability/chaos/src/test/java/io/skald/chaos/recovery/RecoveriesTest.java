package io.skald.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.chaos.nemesis.FaultKind;
import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.nemesis.PlannedFault;
import io.skald.chaos.stack.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveriesTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Recoveries recoveries = new Recoveries();

  @Test
  void shouldLastUntilEveryShardOfTheHitHasMoved() {
    // given
    see(0, 10, 10, 0);
    over(fault(Host.ORCHESTRATOR, 1, 1));
    // when
    see(2, 10, 12, 0);
    see(3, 10, 13, 0);
    assertThat(recoveries.recovered()).isEmpty();
    see(8, 11, 20, 0);
    // then: shard 1 is the other orchestrator's, and tells nothing
    assertThat(recoveries.recovered())
        .extracting(Recovered::took)
        .containsExactly(Duration.ofSeconds(7));
    assertThat(recoveries.unrecovered()).isEmpty();
  }

  @Test
  void shouldNotTakeWhatMovedBeforeForMovement() {
    // given
    see(0, 10, 10, 0);
    over(fault(Host.ORCHESTRATOR, 1, 1));
    // when: it has moved since the last look, perhaps before it was killed
    see(2, 15, 10, 0);
    // then
    assertThat(recoveries.recovered()).isEmpty();
    assertThat(recoveries.unrecovered()).hasSize(1);
  }

  @Test
  void shouldLookAtReplies_whenAParticipantWasHit() {
    // given
    see(0, 10, 10, 5);
    over(fault(Host.PAYMENT, 1, 4));
    // when
    see(5, 11, 11, 5);
    see(6, 12, 12, 6);
    // then
    assertThat(recoveries.recovered())
        .singleElement()
        .satisfies(
            recovered -> {
              assertThat(recovered.took()).isEqualTo(Duration.ofSeconds(2));
              assertThat(recovered.alone()).isTrue();
            });
  }

  @Test
  void shouldCountFromTheLaterEnd_whenAnotherFaultHitsTheSame() {
    // given
    see(0, 10, 10, 5);
    over(fault(Host.PAYMENT, 1, 1));
    see(2, 10, 10, 5);
    over(fault(Host.PAYMENT, 2, 6));
    // when
    see(7, 10, 10, 5);
    see(9, 10, 10, 6);
    // then
    assertThat(recoveries.recovered())
        .extracting(Recovered::took)
        .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
    assertThat(recoveries.recovered()).noneMatch(Recovered::alone);
  }

  @Test
  void shouldTimeTheTakeover_whenAnOrchestratorStoodStillForLong() {
    // given
    see(0, 10, 10, 0);
    see(1, 10, 10, 0);
    // when: what it had in hand is committed, then others go on with its shard
    see(2, 11, 11, 0);
    see(3, 11, 12, 0);
    see(9, 12, 13, 0);
    over(fault(FaultKind.LONG_FREEZE, Host.ORCHESTRATOR, 1, 31));
    // then
    assertThat(recoveries.recovered())
        .singleElement()
        .satisfies(
            recovered -> {
              assertThat(recovered.from()).isEqualTo(BEGIN.plusSeconds(1));
              assertThat(recovered.took()).isEqualTo(Duration.ofSeconds(8));
              assertThat(recovered.alone()).isTrue();
            });
    assertThat(recoveries.unrecovered()).isEmpty();
  }

  @Test
  void shouldGoOnLooking_whenNobodyTookItsShardsOver() {
    // given
    see(0, 10, 10, 0);
    see(3, 10, 12, 0);
    see(9, 10, 13, 0);
    over(fault(FaultKind.LONG_FREEZE, Host.ORCHESTRATOR, 1, 31));
    assertThat(recoveries.unrecovered()).hasSize(1);
    // when
    see(33, 11, 14, 0);
    // then
    assertThat(recoveries.recovered())
        .extracting(Recovered::took)
        .containsExactly(Duration.ofSeconds(32));
  }

  @Test
  void shouldCountFromTheEnd_whenNobodyIsToTakeOver() {
    // given
    see(0, 10, 10, 0);
    over(fault(FaultKind.FREEZE, Host.ORCHESTRATOR, 1, 4));
    // when
    see(5, 10, 10, 0);
    see(6, 11, 10, 0);
    // then
    assertThat(recoveries.recovered())
        .extracting(Recovered::took)
        .containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void shouldNotBeAlone_whenTheOneThatTookOverWasHitToo() {
    // given
    see(0, 10, 10, 0);
    over(fault(Host.ORCHESTRATOR_2, 3, 3));
    see(4, 10, 10, 0);
    see(9, 12, 13, 0);
    // when
    over(fault(FaultKind.LONG_FREEZE, Host.ORCHESTRATOR, 1, 31));
    // then
    assertThat(recoveries.recovered())
        .filteredOn(recovered -> recovered.inflicted().fault().kind() == FaultKind.LONG_FREEZE)
        .singleElement()
        .satisfies(recovered -> assertThat(recovered.alone()).isFalse());
  }

  @Test
  void shouldCountNoRecovery_whenThereWasNothingToRecover() {
    // given: the other one has all shards
    recoveries.see(
        new Sighting(
            BEGIN, Map.of(0, new Sighting.Shard("orchestrator", 10)), Map.of(Host.PAYMENT, 0L)));
    // when
    over(fault(Host.ORCHESTRATOR_2, 1, 1));
    see(2, 11, 11, 1);
    see(3, 12, 12, 2);
    // then
    assertThat(recoveries.recovered()).isEmpty();
    assertThat(recoveries.unrecovered()).isEmpty();
  }

  private void over(Inflicted inflicted) {
    recoveries.over(inflicted, inflicted.end());
  }

  private void see(int second, long shard0, long shard1, long payments) {
    recoveries.see(
        new Sighting(
            BEGIN.plusSeconds(second),
            Map.of(
                0, new Sighting.Shard("orchestrator", shard0),
                1, new Sighting.Shard("orchestrator-2", shard1)),
            Map.of(Host.PAYMENT, payments)));
  }

  private static Inflicted fault(Host host, int begin, int end) {
    return fault(FaultKind.KILL, host, begin, end);
  }

  private static Inflicted fault(FaultKind kind, Host host, int begin, int end) {
    PlannedFault planned =
        new PlannedFault(
            Duration.ofSeconds(begin),
            Duration.ofSeconds(end - begin),
            kind,
            Set.of(host),
            Optional.empty(),
            Optional.empty(),
            0);
    return new Inflicted(planned, BEGIN.plusSeconds(begin), BEGIN.plusSeconds(end));
  }
}
