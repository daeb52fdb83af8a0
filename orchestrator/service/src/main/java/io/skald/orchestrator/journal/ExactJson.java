package io.skald.orchestrator.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.skald.machine.Attempts;
import io.skald.machine.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The JSON of states and journal rows. What is read and written again is the same text, numbers
 * included: the saga table can be rebuilt from the journal bit for bit.
 */
final class ExactJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ExactJson() {}

  /** Something that writes itself. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  static String write(Writing writing) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write to memory", e);
    }
    return text.toString();
  }

  static JsonNode read(String text) {
    try {
      return TREES.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected a stored state or journal row to be JSON, but found: " + text, e);
    }
  }

  static void instant(JsonGenerator json, String name, Instant instant) throws IOException {
    json.writeStringField(name, instant.toString());
  }

  static Instant instant(JsonNode object, String name) {
    return Instant.parse(text(object, name));
  }

  static Optional<Instant> optionalInstant(JsonNode object, String name) {
    return optionalText(object, name).map(Instant::parse);
  }

  /** A member whose value is JSON text already. */
  static void raw(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }

  static String raw(JsonNode object, String name) {
    return object.required(name).toString();
  }

  static String text(JsonNode object, String name) {
    return object.required(name).textValue();
  }

  static Optional<String> optionalText(JsonNode object, String name) {
    return Optional.ofNullable(object.get(name)).map(JsonNode::textValue);
  }

  static <E extends Enum<E>> E constant(JsonNode object, String name, Class<E> type) {
    return Enum.valueOf(type, text(object, name));
  }

  static void problem(JsonGenerator json, Optional<Problem> problem) throws IOException {
    if (problem.isPresent()) {
      json.writeObjectFieldStart("problem");
      json.writeStringField("code", problem.get().code());
      json.writeStringField("message", problem.get().message());
      json.writeEndObject();
    }
  }

  static Optional<Problem> problem(JsonNode object) {
    return Optional.ofNullable(object.get("problem"))
        .map(problem -> new Problem(text(problem, "code"), text(problem, "message")));
  }

  static void attempts(JsonGenerator json, Attempts attempts) throws IOException {
    json.writeNumberField("attempt", attempts.number());
    json.writeNumberField("firstAttempt", attempts.first());
    instant(json, "since", attempts.since());
  }

  static Attempts attempts(JsonNode object) {
    return new Attempts(
        object.required("attempt").intValue(),
        object.required("firstAttempt").intValue(),
        instant(object, "since"));
  }
}
