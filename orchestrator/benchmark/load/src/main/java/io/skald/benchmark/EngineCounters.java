package io.skald.benchmark;

import io.skald.standalone.StandaloneException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What orchestrators have counted since their start, all of them together.
 *
 * @param commits of lanes
 * @param inputs that lanes have decided on
 * @param transitions that were committed
 */
record EngineCounters(double commits, double inputs, double transitions) {
  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * Asks each for its metrics.
   *
   * @throws IOException when one does not answer
   */
  static EngineCounters read(List<URI> orchestrators) throws IOException {
    Map<String, Double> sums = new TreeMap<>();
    for (URI orchestrator : orchestrators) {
      parse(page(orchestrator.resolve("/q/metrics")))
          .forEach((name, value) -> sums.merge(name, value, Double::sum));
    }
    return new EngineCounters(
        sums.getOrDefault("skald_commits_seconds_count", 0.0),
        sums.getOrDefault("skald_inputs_total", 0.0),
        sums.getOrDefault("skald_transitions_total", 0.0));
  }

  /** Without java.net.http, whose threads would count as the load generator's. */
  private static String page(URI address) throws IOException {
    URLConnection connection = address.toURL().openConnection();
    connection.setRequestProperty("Accept", "text/plain");
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The samples of a Prometheus page by name, those of all labels added up. */
  static Map<String, Double> parse(String page) {
    Map<String, Double> sums = new TreeMap<>();
    page.lines()
        .filter(line -> !line.startsWith("#") && line.contains(" "))
        .forEach(
            line -> {
              String name = line.split("[{ ]", 2)[0];
              // Labels may hold spaces.
              int end = line.indexOf('{') < 0 ? name.length() : line.lastIndexOf('}') + 1;
              String value = line.substring(end).strip().split(" ")[0];
              sums.merge(name, number(line, value), Double::sum);
            });
    return sums;
  }

  EngineCounters since(EngineCounters earlier) {
    return new EngineCounters(
        commits - earlier.commits, inputs - earlier.inputs, transitions - earlier.transitions);
  }

  /** How many inputs shared a commit. */
  double inputsPerCommit() {
    return commits == 0 ? 0 : inputs / commits;
  }

  private static double number(String line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new StandaloneException("Expected a metric, but found '" + line + "'", e);
    }
  }
}
