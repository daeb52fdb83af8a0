package io.skald.benchmark.queueing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table in Markdown. Cells are texts; whole numbers of four digits and more get their commas. */
final class Table {

  private final List<String> lines = new ArrayList<>();

  /**
   * @param heads of the columns; all but the first hold numbers or short texts, right-aligned
   */
  Table(String... heads) {
    lines.add(line(List.of(heads)));
    List<String> rule = new ArrayList<>(List.of("---"));
    for (int i = 1; i < heads.length; i++) {
      rule.add("---:");
    }
    lines.add(line(rule));
  }

  void row(Object... cells) {
    lines.add(line(List.of(cells)));
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<?> cells) {
    return cells.stream().map(Table::text).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String text(Object cell) {
    return cell instanceof Double number ? number(number) : String.valueOf(cell);
  }

  /** With as many digits as mean something. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }
}
