package io.skald.orchestrator.rest;

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
 */
record StartKey(SagaId id, String key) {

  static final String HEADER = "Idempotency-Key";

  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,200}");

  /**
   * @throws ApiProblem when a key was given that can't be one
   */
  static StartKey of(String definition, HttpHeaders headers) {
    return given(headers)
        .map(key -> new StartKey(SagaId.forKey(definition, key), key))
        .orElseGet(
            () -> {
              SagaId id = SagaId.ofTime(Instant.now(), UUID.randomUUID());
              return new StartKey(id, id.toString());
            });
  }

  /** A key for a call that has none of its own. */
  static String fresh() {
    return UUID.randomUUID().toString();
  }

  /**
   * @throws ApiProblem when a key was given that can't be one
   */
  static Optional<String> given(HttpHeaders headers) {
    List<String> given = headers.getRequestHeader(HEADER);
    if (given == null || given.isEmpty()) {
      return Optional.empty();
    }
    String key = given.getFirst();
    if (given.size() > 1 || !VISIBLE.matcher(key).matches()) {
      throw ApiProblem.invalid(
          "Expected header "
              + HEADER
              + " once, with 1 to 200 visible ASCII characters and no space, but found other");
    }
    return Optional.of(key);
  }
}
