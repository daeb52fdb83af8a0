package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final double WARM_UP = 2_000;
  private static final double MILLIS = 20_000;

  private final Figures figures = FixedFigures.figures();
  private final Deployment machine = Sizing.oneMachine(figures);
  private final Deployment small = new Sizing(figures).forRate(1_000);

  private Outcome run(Deployment deployment, Load load, long seed) {
    return Simulation.run(figures, deployment, load, WARM_UP, MILLIS, seed);
  }

  /** Little: what is under way is what comes in times how long it stays. */
  private static void assertLawful(Outcome outcome) {
    assertThat(outcome.rate() / 1000 * outcome.meanLatency())
        .isCloseTo(outcome.meanInFlight(), Percentage.withPercentage(6));
    assertThat(outcome.uses()).allSatisfy(u -> assertThat(u.share()).isBetween(0.0, 1 + 1e-9));
    assertThat(outcome.turns()).allSatisfy(u -> assertThat(u.share()).isBetween(0.0, 1 + 1e-9));
    assertThat(outcome.started()).isEqualTo(outcome.ended() + outcome.inFlight());
    assertThat(outcome.p50()).isLessThanOrEqualTo(outcome.p99());
  }

  @Property(tries = 15)
  void shouldKeepTheLaws_whenSoManySagasAreInFlight(
      @ForAll @IntRange(min = 1, max = 2_000) int inFlight, @ForAll long seed) {
    Outcome outcome = run(machine, new Load.InFlight(inFlight), seed);

    assertLawful(outcome);
    assertThat(outcome.inFlight()).isEqualTo(inFlight);
    assertThat(outcome.meanInFlight()).isCloseTo(inFlight, within(1e-6 * inFlight));
  }

  @Property(tries = 15)
  void shouldKeepTheLaws_whenSagasComeAtRandom(
      @ForAll @IntRange(min = 10, max = 3_000) int rate, @ForAll long seed) {
    Outcome outcome = run(small, new Load.Rate(rate), seed);

    assertLawful(outcome);
    assertThat(outcome.rate()).isCloseTo(rate, within(5 * Math.sqrt(rate / (MILLIS / 1000))));
  }

  @Test
  void shouldGiveTheSame_whenTheSeedIsTheSame() {
    Outcome once = run(machine, new Load.InFlight(64), 7);

    assertThat(run(machine, new Load.InFlight(64), 7)).isEqualTo(once);
    assertThat(run(machine, new Load.InFlight(64), 8)).isNotEqualTo(once);
  }

  /** The time of a lone saga can be added up by hand, for nothing is in its way. */
  @Test
  void shouldTakeTheSumOfItsParts_whenASagaIsAlone() {
    double cpu =
        figures.get("cpu.orchestrator.ms")
            + figures.get("cpu.postgresql.ms")
            + figures.get("cpu.kafka.ms")
            + figures.get("cpu.participants.ms");
    double turns =
        4 * (figures.get("turn.orchestrator.ms") + figures.get("turn.postgresql.ms"))
            + 3 * figures.get("turn.participants.ms")
            + 8 * figures.get("turn.kafka.ms");
    double commits =
        4 * (figures.get("flush.ms") + 2 * 0.02 * figures.get("turn.round.trips"))
            + figures.get("wal.bytes") / (figures.get("server.log.megabytes") * 1e3);
    double network = figures.get("kafka.records") * figures.get("kafka.record.bytes") * 8 / 100e6;

    Outcome lone = run(machine, new Load.InFlight(1), 1);

    assertThat(lone.meanLatency())
        .isCloseTo(
            cpu + turns + commits + 8 * figures.get("hop.ms") + network,
            Percentage.withPercentage(1));
    assertThat(lone.bottleneck()).isEmpty();
  }

  @Test
  void shouldBeLimitedByItsCores_whenOneMachineIsFull() {
    double cpu =
        figures.get("cpu.orchestrator.ms")
            + figures.get("cpu.postgresql.ms")
            + figures.get("cpu.kafka.ms")
            + figures.get("cpu.participants.ms");

    Outcome full = run(machine, new Load.InFlight(8_000), 1);

    assertThat(full.bottleneck().orElseThrow().kind()).isEqualTo("cores of the machine");
    assertThat(full.rate()).isCloseTo(2 / cpu * 1000, Percentage.withPercentage(5));
  }

  @Test
  void shouldMakeLargerTurns_whenThereIsMoreToDo() {
    Outcome little = run(machine, new Load.InFlight(8), 1);
    Outcome much = run(machine, new Load.InFlight(512), 1);

    assertThat(much.laneBatch()).isGreaterThan(10 * little.laneBatch());
    assertThat(much.rate()).isGreaterThan(2 * little.rate());
  }
}
