package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.benchmark.queueing.Figures.Part;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizingTest {

  private final Figures figures = FixedFigures.figures();
  private final Sizing sizing = new Sizing(figures);

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 100_000})
  void shouldDoWhatItIsMeantFor_whenSimulated(int rate) {
    Deployment deployment = sizing.forRate(rate);

    assertThat(Simulations.open(figures, deployment, rate).rate())
        .isCloseTo(rate, Percentage.withPercentage(3));
    assertThat(Simulations.saturated(figures, deployment, rate, 1.5).rate())
        .isGreaterThan(1.2 * rate);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 100_000, 1_000_000})
  void shouldLeaveHeadroom_whenTheCostsAreAddedUp(int rate) {
    Deployment d = sizing.forRate(rate);

    assertThat(sizing.cores(Part.ORCHESTRATOR, rate))
        .isLessThanOrEqualTo(0.6 * d.orchestrators().count() * d.orchestrators().cores());
    assertThat(sizing.cores(Part.POSTGRESQL, rate))
        .isLessThanOrEqualTo(0.6 * d.databases().count() * d.databases().cores());
    assertThat(sizing.cores(Part.KAFKA, rate) * 2)
        .isLessThanOrEqualTo(0.6 * d.brokers().count() * d.brokers().cores());
    assertThat(sizing.logMegabytes(rate)).isLessThanOrEqualTo(0.6 * 300 * d.databases().count());
    assertThat(d.lanes()).isGreaterThanOrEqualTo(sizing.lanes(rate)).isLessThan(d.shards());
    assertThat(Integer.bitCount(d.shards())).isEqualTo(1);
    assertThat(d.brokers().count()).isGreaterThanOrEqualTo(d.brokers().replicas());
  }

  @Test
  void shouldCountAStandbyForEachDatabase_whenMachinesAreCounted() {
    Deployment d = sizing.forRate(1_000);

    assertThat(d.machines()).isEqualTo(2 + 2 + 3);
  }
}
