package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StationTest {

  private final Timeline timeline = new Timeline();

  @Test
  void shouldServeInOrder_whenAllServersAreTaken() {
    Station station = new Station(timeline, "cores", 2);
    List<String> ends = new ArrayList<>();
    station.use(10, () -> ends.add("a@" + timeline.now()));
    station.use(4, () -> ends.add("b@" + timeline.now()));
    station.use(4, () -> ends.add("c@" + timeline.now()));
    station.use(4, () -> ends.add("d@" + timeline.now()));

    timeline.runUntil(20);

    assertThat(ends).containsExactly("b@4.0", "c@8.0", "a@10.0", "d@12.0");
    assertThat(station.utilisation()).isEqualTo(22.0 / 40);
  }

  @Test
  void shouldForgetWhatWas_whenReset() {
    Station station = new Station(timeline, "cores", 1);
    station.use(10, () -> {});
    timeline.runUntil(5);

    station.reset();
    timeline.runUntil(15);

    assertThat(station.utilisation()).isCloseTo(0.5, within(1e-9));
  }

  /** The closed form of one server, random arrivals and random work: 1 / (mu - lambda). */
  @Property(tries = 10)
  void shouldTakeAsLongAsTheTextbookSays_whenArrivalsAndWorkAreExponential(
      @ForAll @DoubleRange(min = 0.1, max = 0.75) double load) {
    Random random = new Random((long) (load * 1e9));
    Timeline time = new Timeline();
    Station station = new Station(time, "server", 1);
    List<Double> sojourns = new ArrayList<>();
    arrive(time, station, random, load, sojourns);

    time.runUntil(300_000);

    double mean = sojourns.stream().mapToDouble(t -> t).average().orElseThrow();
    assertThat(mean).isCloseTo(1 / (1 - load), Percentage.withPercentage(8));
    assertThat(station.utilisation()).isCloseTo(load, within(0.02));
  }

  private static void arrive(
      Timeline time, Station station, Random random, double rate, List<Double> sojourns) {
    time.after(
        exponential(random) / rate,
        () -> {
          double arrived = time.now();
          station.use(exponential(random), () -> sojourns.add(time.now() - arrived));
          arrive(time, station, random, rate, sojourns);
        });
  }

  private static double exponential(Random random) {
    return -Math.log(1 - random.nextDouble());
  }
}
