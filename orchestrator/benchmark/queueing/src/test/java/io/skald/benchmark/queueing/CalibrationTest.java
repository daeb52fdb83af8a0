package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private final Figures figures = FixedFigures.figures();

  /** A machine that is known to be dearer is simulated; calibration has to find out by how much. */
  @Test
  void shouldFindTheFactors_whenTheMachineIsKnown() {
    Deployment machine = Sizing.oneMachine(figures);
    Figures truth = figures.scaled(1.7, 0.6);

    Calibration found =
        Calibration.of(
            withPoints(
                Simulations.closed(truth, machine, 64).rate(),
                Simulations.closed(truth, machine, 2_048).rate()),
            machine);

    assertThat(found.cpu()).isCloseTo(1.7, Percentage.withPercentage(5));
    assertThat(found.turn()).isCloseTo(0.6, Percentage.withPercentage(8));
    assertThat(Simulations.closed(found.figures(), machine, 512).rate())
        .isCloseTo(Simulations.closed(truth, machine, 512).rate(), Percentage.withPercentage(3));
  }

  @Test
  void shouldChangeNothing_whenNothingWasMeasured() {

    assertThat(Calibration.of(figures, Sizing.oneMachine(figures)).figures()).isSameAs(figures);
  }

  private static Figures withPoints(double few, double many) {
    Properties properties = FixedFigures.properties();
    properties.setProperty("measured.point.64.rate", Double.toString(few));
    properties.setProperty("measured.point.2048.rate", Double.toString(many));
    return Figures.of(properties);
  }
}
