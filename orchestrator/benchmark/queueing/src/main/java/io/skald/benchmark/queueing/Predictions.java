package io.skald.benchmark.queueing;

import io.skald.benchmark.queueing.Figures.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prints what deployments would do, or writes it into a page.
 *
 * <pre>
 * [--figures FILE]  other figures than those of this project
 * [--write PAGE]    puts the tables into a page, where it has a place for them
 * </pre>
 */
public final class Predictions {

  private Predictions() {}

  public static void main(String[] args) throws IOException {
    Optional<Path> figures = Optional.empty();
    Optional<Path> page = Optional.empty();
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--figures" -> figures = Optional.of(value(word, words));
        case "--write" -> page = Optional.of(value(word, words));
        default -> throw bad("Expected --figures FILE or --write PAGE, but found '" + word + "'");
      }
    }
    Figures given = figures.isPresent() ? Figures.read(figures.get()) : Figures.ofThisProject();
    Map<String, Supplier<Table>> tables = tables(given);
    if (page.isPresent()) {
      write(page.get(), tables);
    } else {
      tables.forEach((name, table) -> System.out.println("## " + name + "\n\n" + table.get()));
    }
  }

  /** By the name of their place. */
  static Map<String, Supplier<Table>> tables(Figures given) {
    Calibration calibration = Calibration.of(given, Sizing.oneMachine(given));
    Costs costs = new Costs(calibration.figures());
    Forecasts forecasts = new Forecasts(calibration.figures());
    Map<String, Supplier<Table>> tables = new LinkedHashMap<>();
    tables.put("figures", () -> figures(given, calibration));
    tables.put("needs", costs::needs);
    tables.put("deployments", costs::deployments);
    tables.put("volumes", costs::volumes);
    tables.put("one machine", forecasts::oneMachine);
    tables.put("powers of ten", forecasts::powersOfTen);
    tables.put("distances", forecasts::distances);
    return tables;
  }

  private static Table figures(Figures given, Calibration calibration) {
    Table table = new Table("figure", "value", "comes from");
    for (Figure figure : given.all()) {
      table.row(
          "`" + figure.name() + "`", figure.value(), figure.measured() ? "measured" : "assumed");
    }
    table.row("factor of `cpu.…`", calibration.cpu(), "calibration");
    table.row("factor of `turn.….ms`", calibration.turn(), "calibration");
    return table;
  }

  private static void write(Path page, Map<String, Supplier<Table>> tables) throws IOException {
    String text = Files.readString(page);
    for (Map.Entry<String, Supplier<Table>> table : tables.entrySet()) {
      text = Document.with(text, table.getKey(), table.getValue().get());
    }
    Files.writeString(page, text);
  }

  private static Path value(String flag, Iterator<String> words) {
    if (!words.hasNext()) {
      throw bad("Expected flag '" + flag + "' to have a value, but found none");
    }
    return Path.of(words.next());
  }

  private static IllegalArgumentException bad(String message) {
    return new IllegalArgumentException(message);
  }
}
