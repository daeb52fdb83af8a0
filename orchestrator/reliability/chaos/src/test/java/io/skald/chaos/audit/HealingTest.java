package io.skald.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.chaos.nemesis.FaultKind;
import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.nemesis.PlannedFault;
import io.skald.chaos.stack.Host;
import io.skald.checker.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealingTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldFindNothing_whenAllIsHealthyAndMoves() {
    assertThat(Healing.violations(Set.of(), List.of())).isEmpty();
  }

  @Test
  void shouldNameAProcess_whenItDidNotComeBack() {
    assertThat(Healing.violations(Set.of(Host.PAYMENT), List.of()))
        .singleElement()
        .extracting(Violation::toString)
        .asString()
        .contains("healthy after healing")
        .contains("Expected payment to be healthy");
  }

  @Test
  void shouldNameAFault_whenWhatItHitDidNotMove() {
    PlannedFault kill =
        new PlannedFault(
            Duration.ZERO,
            Duration.ZERO,
            FaultKind.KILL,
            Set.of(Host.ORCHESTRATOR_2),
            Optional.empty(),
            Optional.empty(),
            0);
    assertThat(Healing.violations(Set.of(), List.of(new Inflicted(kill, AT, AT))))
        .singleElement()
        .extracting(Violation::toString)
        .asString()
        .contains("moves again")
        .contains("kill of orchestrator-2")
        .contains(AT.toString());
  }
}
