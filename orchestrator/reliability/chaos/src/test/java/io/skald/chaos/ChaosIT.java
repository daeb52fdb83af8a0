package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A short run of chaos with a fixed seed, as each build has it. */
class ChaosIT {

  private static final Path STATE = Path.of("target", "chaos");

  @Test
  void shouldKeepAllLaws_whenFaultsHitProcessesServersAndLinks() throws Exception {
    // given
    ChaosArguments arguments =
        ChaosArguments.parse(new String[] {"--minutes", "0.75", "--seed", "4"}, STATE);
    // when
    Outcome outcome = new ChaosRun(arguments, Path.of("..", "..", ".."), System.out::println).run();
    // then
    OutcomeFiles.writeReport(outcome, arguments.report());
    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.totals().completed()).isPositive();
  }
}
