package io.skald.orchestrator.rest;

import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which saga a start is for.
 *
 * @param key the business key it was given, or its id
 * @param start what tells the start from others: the key, where a key is one saga
 */
record StartKey(SagaId id, String key, String start) {

  static final String HEADER = "Idempotency-Key";

  /** The business key, where a key has many sagas, one after the other. */
  static final String SAGA_KEY = "Saga-Key";

  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,200}");

  /**
   * @throws ApiProblem when a key was given that can't be one
   */
  static StartKey of(SagaDefinition<?> definition, HttpHeaders headers) {
    Optional<String> start = given(headers, HEADER);
    Optional<String> key = given(headers, SAGA_KEY);
    if (definition.exclusive().isPresent()) {
      return exclusive(definition, key, start.orElseGet(StartKey::fresh));
    }
    if (key.isPresent()) {
      throw ApiProblem.invalid(
          "Expected no header "
              + SAGA_KEY
              + ", for the sagas of definition '"
              + definition.name()
              + "' do not exclude each other; header "
              + HEADER
              + " has their key");
    }
    return start
        .map(only -> new StartKey(SagaId.forKey(definition.name(), only), only, only))
        .orElseGet(
            () -> {
              SagaId id = SagaId.ofTime(Instant.now(), UUID.randomUUID());
              return new StartKey(id, id.toString(), id.toString());
            });
  }

  private static StartKey exclusive(
      SagaDefinition<?> definition, Optional<String> given, String start) {
    String key =
        given.orElseThrow(
            () ->
                ApiProblem.invalid(
                    "Expected header "
                        + SAGA_KEY
                        + ", for of definition '"
                        + definition.name()
                        + "' one saga of a key is under way at a time"));
    return new StartKey(SagaId.forStart(definition.name(), key, start), key, start);
  }

  /** A key for a call that has none of its own. */
  static String fresh() {
    return UUID.randomUUID().toString();
  }

  /**
   * @throws ApiProblem when a key was given that can't be one
   */
  static Optional<String> given(HttpHeaders headers) {
    return given(headers, HEADER);
  }

  private static Optional<String> given(HttpHeaders headers, String name) {
    List<String> given = headers.getRequestHeader(name);
    if (given == null || given.isEmpty()) {
      return Optional.empty();
    }
    String key = given.getFirst();
    if (given.size() > 1 || !VISIBLE.matcher(key).matches()) {
      throw ApiProblem.invalid(
          "Expected header "
              + name
              + " once, with 1 to 200 visible ASCII characters and no space, but found other");
    }
    return Optional.of(key);
  }
}
