package io.skald.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.Optional;

/** Payloads as trees: what the test kit sees of messages whose classes it does not know. */
final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private Json() {}

  static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected a codec that writes JSON, but found " + json, e);
    }
  }

  /** A member of an object; empty when there is none. */
  static Optional<JsonNode> member(String json, String name) {
    return Optional.ofNullable(read(json).get(name));
  }

  /** What is not there may be of any kind. */
  static boolean isSameKind(JsonNode one, JsonNode other) {
    return one.isNull() || other.isNull() || one.getNodeType() == other.getNodeType();
  }

  /** Whether they say the same; 1.0 is 1.00. */
  static boolean isSame(JsonNode one, JsonNode other) {
    return one.equals(BY_VALUE, other);
  }
}
