package io.skald.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.checker.Checker;
import io.skald.checker.Goodput;
import io.skald.checker.History;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Production as it is, through as many runs as fit into a few minutes. */
class ManySeedsTest {

  /** More of them with {@code -Dskald.seeds=1000000}. */
  private static final long SEEDS = Long.getLong("skald.seeds", 20_000);

  private static final long TWINS = 1_000;

  /** Those who lose messages and hide it behind timeouts complete less. */
  private static final double LEAST_SHARE = 0.83;

  @BeforeAll
  static void silence() {
    Sim.silence();
  }

  @Test
  void shouldKeepTheLaws_whateverHappens() throws InterruptedException {
    // given
    Options options = Options.of(List.of("--seeds", Long.toString(SEEDS)));
    Totals totals = new Totals(options);

    // when
    new Runs(options.from(), options.seeds(), options.threads(), options::simulate)
        .untilViolation(totals::add);

    // then
    System.out.println(totals.line());
    Optional<String> finding = totals.worst().map(o -> Shortening.of(o, options).text());
    assertThat(finding).isEmpty();
  }

  @Test
  void shouldCompleteNearlyAsManySagas_asWithoutFaults() {
    // given
    long completed = 0;
    long twins = 0;
    for (long seed = 1; seed <= TWINS; seed++) {
      completed += Simulation.run(seed, Scale.FULL, new Mechanisms()).completed();
      twins += Simulation.run(seed, Scale.FAULTLESS, new Mechanisms()).completed();
    }

    // then
    System.out.printf("%,d sagas completed, %,d without faults%n", completed, twins);
    Goodput goodput = new Goodput(completed, twins, LEAST_SHARE);
    assertThat(Checker.check(History.builder().goodput(goodput).build())).isEmpty();
  }
}
