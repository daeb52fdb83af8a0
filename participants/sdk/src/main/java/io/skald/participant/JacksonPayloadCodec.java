package io.skald.participant;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.quarkus.arc.DefaultBean;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * JSON by the application's {@code ObjectMapper}, made exact: members that are not known are passed
 * over, numbers keep every digit, equal values give equal text, and nothing is nested deeper than
 * {@value #MAX_DEPTH}.
 */
@Singleton
@DefaultBean
public final class JacksonPayloadCodec implements PayloadCodec {

  /** The deepest nesting of a payload. */
  public static final int MAX_DEPTH = 64;

  private final ObjectMapper mapper;

  @Inject
  public JacksonPayloadCodec(ObjectMapper applications) {
    this.mapper =
        applications
            .copy()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
            .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
    this.mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
  }

  @Override
  public String encode(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UnreadablePayloadException(
          "Expected a "
              + value.getClass().getSimpleName()
              + " that can be written as JSON: "
              + e.getOriginalMessage(),
          e);
    }
  }

  @Override
  public <T> T decode(String json, Class<T> type) {
    T value;
    try {
      value = mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      // Without the location: it may quote the payload.
      throw new UnreadablePayloadException(
          "Expected the JSON of a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
    if (value == null) {
      throw new UnreadablePayloadException(
          "Expected the JSON of a " + type.getSimpleName() + ", but found null",
          new IllegalArgumentException("null"));
    }
    return value;
  }
}
