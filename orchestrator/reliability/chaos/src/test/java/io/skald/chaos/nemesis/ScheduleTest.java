package io.skald.chaos.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void shouldBeTheSame_whenTheSeedIs() {
    assertThat(Schedule.of(42, HOUR)).isEqualTo(Schedule.of(42, HOUR));
    assertThat(Schedule.of(42, HOUR)).isNotEqualTo(Schedule.of(43, HOUR));
  }

  @Test
  void shouldHoldEveryKind_whenThereIsTime() {
    Set<FaultKind> kinds =
        Schedule.of(7, Duration.ofMinutes(5)).stream()
            .map(PlannedFault::kind)
            .collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(EnumSet.allOf(FaultKind.class));
  }

  @Test
  void shouldHaveFaultsThatOverlap_whenOfTwoKinds() {
    List<PlannedFault> faults = Schedule.of(7, HOUR);
    assertThat(faults)
        .anyMatch(
            one ->
                faults.stream()
                    .anyMatch(
                        other ->
                            one.at().compareTo(other.at()) < 0
                                && other.at().compareTo(one.end()) < 0));
  }

  @Test
  void shouldStopNoProcessTwiceAtATime() {
    for (int seed = 0; seed < 200; seed++) {
      List<PlannedFault> stops =
          Schedule.of(seed, Duration.ofMinutes(10)).stream()
              .filter(fault -> fault.kind().aim() == FaultKind.Aim.PROCESS)
              .toList();
      for (PlannedFault one : stops) {
        assertThat(stops)
            .noneMatch(
                other ->
                    other != one
                        && other.hosts().equals(one.hosts())
                        && other.at().compareTo(one.at()) >= 0
                        && other.at().compareTo(one.end()) < 0);
      }
    }
  }

  @Test
  void shouldEndInTime_whenTheRunIsShort() {
    Duration minute = Duration.ofMinutes(1);
    for (int seed = 0; seed < 200; seed++) {
      assertThat(Schedule.of(seed, minute))
          .isNotEmpty()
          .allMatch(fault -> fault.end().compareTo(minute) <= 0);
    }
  }
}
