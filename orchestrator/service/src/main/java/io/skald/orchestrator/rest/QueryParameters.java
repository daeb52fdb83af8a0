package io.skald.orchestrator.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a query, each at most once and none that nobody knows. */
final class QueryParameters {

  private final MultivaluedMap<String, String> values;

  /**
   * @throws ApiProblem when there is one that is not allowed, or one is there twice
   */
  QueryParameters(MultivaluedMap<String, String> values, Set<String> allowed) {
    this.values = values;
    values.forEach(
        (name, given) -> {
          if (!allowed.contains(name)) {
            throw ApiProblem.invalid(
                allowed.isEmpty()
                    ? "Expected no query parameters, but found '" + name + "'"
                    : "Expected query parameters out of "
                        + new TreeSet<>(allowed)
                        + ", but found '"
                        + name
                        + "'");
          }
          if (given.size() > 1) {
            throw ApiProblem.invalid(
                "Expected query parameter '"
                    + name
                    + "' once, but found it "
                    + given.size()
                    + " times");
          }
        });
  }

  /** What was given; empty when it was not, or as nothing. */
  Optional<String> text(String name) {
    return values.getOrDefault(name, List.of()).stream()
        .findFirst()
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** A whole number from {@code min} to {@code max}. */
  long number(String name, long min, long max, long otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    throw ApiProblem.invalid(
        "Expected query parameter '"
            + name
            + "' to be a whole number from "
            + min
            + " to "
            + max
            + ", but found '"
            + text.get()
            + "'");
  }
}
