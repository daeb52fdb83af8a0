package io.skald.orchestrator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an operator says when a saga is to be steered. */
@Schema(name = "OperatorRequest", description = "Who wants it and why; the journal keeps both.")
record OperatorRequest(
    @Schema(description = "Why; the journal keeps it.", examples = "customer called")
        Optional<String> reason,
    @Schema(description = "Who wants it.", examples = "maria") Optional<String> actor) {

  static final String NO_REASON = "no reason given";

  /** Reads numbers as they are written: a step's reply may be among the members. */
  private static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int MAX_REASON = 1_000;
  private static final int MAX_ACTOR = 100;

  /** Who asks for what, until callers have names. */
  static final String NOBODY = "anonymous";

  static OperatorRequest of(byte[] body) {
    if (body.length == 0) {
      return new OperatorRequest(Optional.empty(), Optional.empty());
    }
    JsonNode object = tree(JsonBody.text(body));
    if (!object.isObject()) {
      throw ApiProblem.invalid(
          "Expected a JSON object with \"reason\" and \"actor\", but the body is another value");
    }
    return new OperatorRequest(
        text(object, "reason", MAX_REASON), text(object, "actor", MAX_ACTOR));
  }

  String reasonOr(String otherwise) {
    return reason.orElse(otherwise);
  }

  String actorName() {
    return actor.orElse(NOBODY);
  }

  static JsonNode tree(String json) {
    try {
      return TREES.readTree(json);
    } catch (JsonProcessingException | NumberFormatException beyond) {
      // It has been found to be JSON before; but nobody has tried its numbers yet.
      throw ApiProblem.invalid(
          "Expected numbers of decent size in the body, but one is beyond all measure");
    }
  }

  private static Optional<String> text(JsonNode object, String name, int maxLength) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()
        || value.textValue().length() > maxLength
        || value.textValue().chars().anyMatch(Character::isISOControl)) {
      throw ApiProblem.invalid(
          "Expected member '"
              + name
              + "' to be text of at most "
              + maxLength
              + " printable characters, but found other");
    }
    return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
  }
}
