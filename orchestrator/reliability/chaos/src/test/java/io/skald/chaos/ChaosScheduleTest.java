package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.chaos.nemesis.FaultKind;
import io.skald.chaos.nemesis.PlannedFault;
import io.skald.chaos.nemesis.Schedule;
import io.skald.chaos.stack.Host;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link ChaosIT} is going to do, without the minutes that it takes. */
class ChaosScheduleTest {

  /** After so long without a sign of life an orchestrator's shards go to the others. */
  private static final Duration SESSION = Duration.ofSeconds(6);

  private static final List<PlannedFault> FAULTS = Schedule.of(ChaosIT.SEED, ChaosIT.LENGTH);

  @Test
  void shouldDrawEveryKind() {
    assertThat(FAULTS).extracting(PlannedFault::kind).containsAll(EnumSet.allOf(FaultKind.class));
  }

  @Test
  void shouldMakeAZombieOfAnOrchestrator() {
    assertThat(FAULTS)
        .filteredOn(fault -> fault.kind() == FaultKind.LONG_FREEZE)
        .filteredOn(fault -> Host.orchestrators().containsAll(fault.hosts()))
        .extracting(PlannedFault::lasts)
        .anyMatch(lasts -> lasts.compareTo(SESSION) > 0);
  }
}
