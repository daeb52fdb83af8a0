package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short run of chaos with a fixed seed, as each build has it. */
class ChaosIT {

  /** Draws every kind of fault, and stops an orchestrator until others have its shards. */
  static final long SEED = 2156;

  static final Duration LENGTH = Duration.ofSeconds(90);

  private static final Path STATE = Path.of("target", "chaos");

  @Test
  void shouldKeepAllLaws_whenFaultsHitProcessesServersAndLinks() throws Exception {
    // given
    ChaosArguments arguments =
        ChaosArguments.parse(
            new String[] {"--minutes", LENGTH.toSeconds() / 60.0 + "", "--seed", SEED + ""}, STATE);
    // when
    Outcome outcome = new ChaosRun(arguments, Path.of("..", "..", ".."), System.out::println).run();
    // then
    OutcomeFiles.writeReport(outcome, arguments.report());
    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.totals().completed()).isPositive();
  }
}
