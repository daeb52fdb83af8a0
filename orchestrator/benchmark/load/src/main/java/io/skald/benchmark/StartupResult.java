package io.skald.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.standalone.Packaging;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of several programs side by side. For one thread.
 *
 * @param machine where and when
 * @param runtimeBytes what the Java takes on disk that the jars need beside them
 * @param settings which loads, for people
 */
record StartupResult(
    Machine machine,
    long runtimeBytes,
    String settings,
    Map<Packaging, Map<StartupFigure, List<Double>>> figures) {

  private static final double MEGABYTE = 1_000_000;

  StartupResult(Machine machine, long runtimeBytes, String settings) {
    this(machine, runtimeBytes, settings, new EnumMap<>(Packaging.class));
  }

  void add(Packaging program, StartupFigure figure, double value) {
    figures
        .computeIfAbsent(program, p -> new EnumMap<>(StartupFigure.class))
        .computeIfAbsent(figure, f -> new ArrayList<>())
        .add(value);
  }

  /** Of all rounds; absent when it was not measured. */
  OptionalDouble median(Packaging program, StartupFigure figure) {
    double[] sorted =
        figures.getOrDefault(program, Map.of()).getOrDefault(figure, List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  /** A line for each figure, a column for each program: the median, and its ratio to the JVM's. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(String.format("%-54s", "median of the rounds (of jvm)"));
    figures.keySet().forEach(p -> table.append(String.format("%18s", Flags.lower(p))));
    table.append('\n');
    for (StartupFigure figure : StartupFigure.values()) {
      table.append(String.format("%-54s", figure.label()));
      figures.keySet().forEach(p -> table.append(String.format("%18s", cell(p, figure))));
      table.append('\n');
    }
    return table
        .append(
            String.format(
                Locale.ROOT,
                "Jars need a Java beside them, here of %.0f MB; Kafka and PostgreSQL count nowhere."
                    + "%n%s%n",
                runtimeBytes / MEGABYTE,
                settings))
        .toString();
  }

  /** Medians, and every round's figure. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("at", machine.at().toString());
    json.put("processor", machine.processor());
    json.put("processors", machine.processors());
    json.put("java", machine.java());
    json.put("settings", settings);
    json.put("javaBytes", runtimeBytes);
    figures.forEach(
        (program, measured) -> {
          ObjectNode of = json.putObject(Flags.lower(program));
          measured.forEach(
              (figure, values) -> {
                ObjectNode one = of.putObject(Flags.lower(figure));
                median(program, figure).ifPresent(median -> one.put("median", median));
                values.forEach(one.putArray("rounds")::add);
              });
        });
    return json.toPrettyString();
  }

  private String cell(Packaging program, StartupFigure figure) {
    OptionalDouble median = median(program, figure);
    if (median.isEmpty()) {
      return "-";
    }
    String value = String.format(Locale.ROOT, "%." + figure.decimals() + "f", median.getAsDouble());
    OptionalDouble jvm = median(Packaging.JVM, figure);
    return program == Packaging.JVM || jvm.isEmpty() || jvm.getAsDouble() == 0
        ? value
        : value + String.format(Locale.ROOT, " (%.2f)", median.getAsDouble() / jvm.getAsDouble());
  }
}
