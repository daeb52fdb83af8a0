package io.skald.benchmark.queueing;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures that everything here follows from, each either measured or assumed. Immutable. */
final class Figures {

  private static final String MEASURED = "measured.";
  private static final String ASSUMED = "assumed.";
  private static final Pattern POINT = Pattern.compile("point\\.(\\d+)\\.rate");

  /** One figure, and whether it was measured. */
  record Figure(String name, double value, boolean measured) {}

  /**
   * What was measured with so many sagas in flight; a latency that was not is {@code NaN}.
   *
   * @param rate sagas in a second
   */
  record Point(int inFlight, double rate, double p50, double p99) {}

  private final Map<String, Figure> figures;

  private Figures(Map<String, Figure> figures) {
    this.figures = figures;
  }

  static Figures ofThisProject() {
    try (InputStream in = Figures.class.getResourceAsStream("figures.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return of(properties);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected figures.properties on the class path", e);
    }
  }

  static Figures read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return of(properties);
  }

  static Figures of(Properties properties) {
    Map<String, Figure> figures = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      boolean measured = key.startsWith(MEASURED);
      if (!measured && !key.startsWith(ASSUMED)) {
        throw new IllegalArgumentException(
            "Expected a figure to be 'measured.…' or 'assumed.…', but found '" + key + "'");
      }
      String name = key.substring((measured ? MEASURED : ASSUMED).length());
      double value = Double.parseDouble(properties.getProperty(key).strip());
      if (figures.put(name, new Figure(name, value, measured)) != null) {
        throw new IllegalArgumentException(
            "Expected figure '" + name + "' once, but it is both measured and assumed");
      }
    }
    return new Figures(figures);
  }

  double get(String name) {
    Figure figure = figures.get(name);
    if (figure == null) {
      throw new IllegalArgumentException("Expected a figure '" + name + "', but there is none");
    }
    return figure.value();
  }

  /** All but the points, by name. */
  List<Figure> all() {
    return figures.values().stream().filter(f -> !f.name().startsWith("point.")).toList();
  }

  /** By sagas in flight. */
  List<Point> points() {
    Map<Integer, Point> points = new TreeMap<>();
    for (Figure figure : figures.values()) {
      Matcher matcher = POINT.matcher(figure.name());
      if (matcher.matches()) {
        int inFlight = Integer.parseInt(matcher.group(1));
        String prefix = "point." + inFlight;
        points.put(
            inFlight,
            new Point(
                inFlight, figure.value(), orNaN(prefix + ".p50.ms"), orNaN(prefix + ".p99.ms")));
      }
    }
    return List.copyOf(points.values());
  }

  private double orNaN(String name) {
    Figure figure = figures.get(name);
    return figure == null ? Double.NaN : figure.value();
  }

  /** The same, with the CPU of a saga and the CPU of a turn times something. */
  Figures scaled(double cpu, double turn) {
    Map<String, Figure> scaled = new TreeMap<>(figures);
    for (Part part : Part.values()) {
      scale(scaled, part.cpu(), cpu);
      scale(scaled, part.turn(), turn);
    }
    return new Figures(scaled);
  }

  private static void scale(Map<String, Figure> figures, String name, double factor) {
    figures.computeIfPresent(
        name, (key, figure) -> new Figure(key, figure.value() * factor, figure.measured()));
  }

  /** What takes CPU for a saga. */
  enum Part {
    ORCHESTRATOR,
    POSTGRESQL,
    KAFKA,
    PARTICIPANTS;

    String cpu() {
      return "cpu." + name().toLowerCase(Locale.ROOT) + ".ms";
    }

    String turn() {
      return "turn." + name().toLowerCase(Locale.ROOT) + ".ms";
    }
  }
}
