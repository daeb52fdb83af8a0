package io.skald.orchestrator.rest;

import io.skald.machine.SagaStatus;
import io.skald.orchestrator.query.Position;
import io.skald.orchestrator.query.SagaFilter;
import io.skald.saga.message.StepName;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question for a list of sagas.
 *
 * @param given the filters as they were asked for, to be repeated in the link to the next page
 */
record ListQuery(
    SagaFilter filter, Optional<Position> after, int limit, Map<String, String> given) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  private static final int MAX_KEY_LENGTH = 512;
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  ListQuery {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /**
   * @throws ApiProblem when a value is not what it must be
   */
  static ListQuery of(MultivaluedMap<String, String> query) {
    QueryParameters parameters =
        new QueryParameters(
            query, Set.of("definition", "status", "key", "from", "to", "limit", "cursor"));
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : List.of("definition", "status", "key", "from", "to", "limit")) {
      parameters.text(name).ifPresent(value -> given.put(name, value));
    }
    SagaFilter filter =
        new SagaFilter(
            parameters.text("definition").map(ListQuery::definition),
            parameters.text("status").map(ListQuery::statuses).orElse(Set.of()),
            parameters.text("key").map(ListQuery::key),
            parameters.text("from").map(text -> instant("from", text)),
            parameters.text("to").map(text -> instant("to", text)));
    if (filter.from().isPresent()
        && filter.to().isPresent()
        && !filter.from().get().isBefore(filter.to().get())) {
      throw ApiProblem.invalid(
          "Expected 'from' to be before 'to', but found "
              + filter.from().get()
              + " and "
              + filter.to().get());
    }
    return new ListQuery(
        filter,
        parameters.text("cursor").map(ListQuery::position),
        (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
        given);
  }

  /** Whether the database's clock reaches that far. */
  static boolean isStorable(Instant instant) {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  private static String definition(String text) {
    if (!StepName.isValid(text)) {
      throw ApiProblem.invalid(
          "Expected query parameter 'definition' to be lower-case letters, digits and '-', but found '"
              + text
              + "'");
    }
    return text;
  }

  private static Set<SagaStatus> statuses(String text) {
    EnumSet<SagaStatus> statuses = EnumSet.noneOf(SagaStatus.class);
    for (String name : text.split(",", -1)) {
      statuses.add(
          Arrays.stream(SagaStatus.values())
              .filter(status -> status.name().equals(name.strip().toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      ApiProblem.invalid(
                          "Expected query parameter 'status' to be one or more, with commas, of "
                              + Arrays.toString(SagaStatus.values())
                              + ", but found '"
                              + name
                              + "'")));
    }
    return statuses;
  }

  private static String key(String text) {
    if (text.length() > MAX_KEY_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
      throw ApiProblem.invalid(
          "Expected query parameter 'key' to be at most "
              + MAX_KEY_LENGTH
              + " printable characters, but found other");
    }
    return text;
  }

  private static Instant instant(String name, String text) {
    try {
      // A '+' that was not escaped has become a space on its way.
      Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (isStorable(instant)) {
        return instant.truncatedTo(ChronoUnit.MICROS);
      }
    } catch (DateTimeParseException notOne) {
      // Said below.
    }
    throw ApiProblem.invalid(
        "Expected query parameter '"
            + name
            + "' to be a time such as 2026-01-31T12:00:00Z, but found '"
            + text
            + "'");
  }

  private static Position position(String text) {
    return Cursor.position(text)
        .orElseThrow(
            () ->
                ApiProblem.invalid(
                    "Expected query parameter 'cursor' to come from the link to a next page, but"
                        + " found another; leave it out to begin at the newest"));
  }
}
