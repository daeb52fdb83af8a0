package io.skald.checker.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A picture of a run: completions per second on top, below them a row for each target with its
 * faults as blocks and its recoveries as lines.
 */
final class TimeLine {

  private static final int LEFT = 150;
  private static final int WIDTH = 850;
  private static final int CHART = 200;
  private static final int ROW = 22;
  private static final int TOP = 20;
  private static final int MARKS = 10;

  private final Run run;
  private final List<String> targets;
  private final double seconds;
  private final StringBuilder svg = new StringBuilder();

  TimeLine(Run run) {
    this.run = run;
    this.targets = List.copyOf(new TreeSet<>(run.faults().stream().map(Fault::target).toList()));
    this.seconds = Math.max(1, lastSecond(run));
  }

  String svg() {
    int height = TOP + CHART + targets.size() * ROW + 40;
    add("<svg viewBox=\"0 0 %d %d\" role=\"img\" font-size=\"12\">", LEFT + WIDTH + 10, height);
    add("<title>Completions per second, faults and recoveries</title>");
    throughput();
    for (int i = 0; i < targets.size(); i++) {
      target(targets.get(i), TOP + CHART + 10 + i * ROW);
    }
    marks(height - 8);
    return svg.append("</svg>\n").toString();
  }

  private void throughput() {
    int most = Math.max(1, run.completionsPerSecond().stream().max(Integer::compare).orElse(1));
    add("<text x=\"0\" y=\"%d\">completions per second</text>", TOP + 12);
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>", LEFT - 6, TOP + 4, most);
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>", LEFT - 6, TOP + CHART);
    List<String> points = new ArrayList<>();
    List<Double> counts = buckets();
    double wide = (double) run.completionsPerSecond().size() / Math.max(1, counts.size());
    for (int i = 0; i < counts.size(); i++) {
      double y = TOP + CHART - CHART * counts.get(i) / most;
      points.add(String.format(Locale.ROOT, "%.1f,%.1f", x((i + 0.5) * wide), y));
    }
    add("<polyline fill=\"none\" stroke=\"#1d5fa8\" points=\"%s\"/>", String.join(" ", points));
    add(
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888\"/>",
        LEFT, TOP + CHART, LEFT + WIDTH, TOP + CHART);
  }

  /** No more points than there is room for: the mean of each. */
  private List<Double> buckets() {
    List<Integer> all = run.completionsPerSecond();
    int size = Math.max(1, (all.size() + WIDTH - 1) / WIDTH);
    List<Double> means = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      List<Integer> some = all.subList(from, Math.min(from + size, all.size()));
      means.add(some.stream().mapToInt(Integer::intValue).average().orElse(0));
    }
    return means;
  }

  private void target(String target, int y) {
    add("<text x=\"0\" y=\"%d\">%s</text>", y + 14, HtmlReport.text(target));
    for (Fault fault : run.faults()) {
      if (fault.target().equals(target)) {
        double from = x(since(fault.begin()));
        double width = Math.max(2, x(since(fault.end())) - from);
        add(
            "<rect class=\"fault\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\""
                + " fill=\"#c8442c\"><title>%s</title></rect>",
            from, y + 3, width, HtmlReport.text(fault.kind()));
      }
    }
    for (Recovery recovery : run.recoveries()) {
      if (recovery.fault().target().equals(target)) {
        double from = since(recovery.from());
        add(
            "<line class=\"recovery\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\""
                + " stroke=\"#d99a1c\" stroke-width=\"4\"><title>recovered after %s</title></line>",
            x(from),
            y + 17,
            x(from + seconds(recovery.took())),
            y + 17,
            Figures.seconds(recovery.took()));
      }
    }
  }

  private void marks(int y) {
    for (int i = 0; i <= MARKS; i++) {
      double at = seconds * i / MARKS;
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%d:%02d</text>",
          x(at), y, (int) at / 60, (int) at % 60);
    }
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private double x(double second) {
    return LEFT + WIDTH * second / seconds;
  }

  private double since(Instant at) {
    return seconds(Duration.between(run.begin(), at));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double lastSecond(Run run) {
    double last = run.completionsPerSecond().size();
    for (Fault fault : run.faults()) {
      last = Math.max(last, seconds(Duration.between(run.begin(), fault.end())));
    }
    for (Recovery recovery : run.recoveries()) {
      Instant end = recovery.from().plus(recovery.took());
      last = Math.max(last, seconds(Duration.between(run.begin(), end)));
    }
    return last;
  }
}
