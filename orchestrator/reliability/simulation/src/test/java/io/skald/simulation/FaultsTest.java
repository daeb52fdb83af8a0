package io.skald.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FaultsTest {

  private static final int OFTEN = 1_000_000;

  /**
   * Seed 168762 sent a transition of hundreds of messages again and again, and never came through.
   */
  @Test
  void shouldComeToAnEnd_whenAFaultHasStruckAThousandTimes() {
    // given
    Faults faults =
        LongStream.rangeClosed(1, 100)
            .mapToObj(seed -> new Faults(seed, EnumSet.of(Fault.SEND_FAILED), () -> 0))
            .filter(run -> run.has(Fault.SEND_FAILED))
            .findFirst()
            .orElseThrow();
    // when
    long struck =
        IntStream.range(0, OFTEN).filter(time -> faults.strikes(Fault.SEND_FAILED)).count();
    // then
    assertThat(struck).isEqualTo(1_000);
  }
}
