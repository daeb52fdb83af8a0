package io.skald.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one run of the bench has found; what was not measured is absent.
 *
 * @param points the loads in the order in which they were put on
 * @param lone of the sagas run one at a time
 * @param errors of the whole run with its warm-up, by what went wrong
 * @param balance whether the participants have done what the sagas' ends say
 * @param unfinished sagas in the database that are not terminal afterwards
 * @param yardstick before the run
 * @param samples of all loads, a second each
 * @param scale what adding and removing orchestrators did
 * @param timers how late they fired
 */
record Result(
    BenchArguments arguments,
    Machine machine,
    Versions versions,
    List<Point> points,
    Optional<Latencies.Summary> lone,
    Map<String, Integer> errors,
    Optional<Balance> balance,
    OptionalLong unfinished,
    Optional<Yardstick> yardstick,
    List<Sample> samples,
    List<ScaleStep> scale,
    Optional<TimersResult> timers) {

  Result {
    points = List.copyOf(points);
    errors = Map.copyOf(errors);
    samples = List.copyOf(samples);
    scale = List.copyOf(scale);
  }

  /** The load under which the most sagas ended; the figures at the top are its own. */
  Optional<Point> best() {
    return points.stream().max(Comparator.comparingDouble(p -> p.measured().sagasPerSecond()));
  }

  /** A name for each of the points, even if the same load was put on twice. */
  List<String> loads() {
    List<String> names = new ArrayList<>();
    for (Point point : points) {
      String name = point.load().text();
      names.add(names.contains(name) ? name + " (" + (names.size() + 1) + ")" : name);
    }
    return names;
  }

  int errorCount() {
    return errors.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The part of all processors' time that neither the stack nor the bench used. */
  double othersShare(CpuClock.Used used) {
    return used.elapsed() == 0 ? 0 : used.others() / used.elapsed() / machine.processors();
  }
}
