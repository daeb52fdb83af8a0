package io.skald.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;

/**
 * Payloads by Jackson, set as the orchestrator sets it: members that are not known are passed over,
 * times are text, equal values give equal text, and nesting is limited.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

  private static final int MAX_DEPTH = 64;

  private final ObjectMapper mapper;

  public JacksonPayloadCodec() {
    mapper =
        JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    mapper
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
          "expected a " + value.getClass().getSimpleName() + " that JSON can say, but " + said(e),
          e);
    }
  }

  @Override
  public <T> T decode(String json, Class<T> type) {
    T value;
    try {
      value = mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UnreadablePayloadException(
          "expected the JSON of a " + type.getSimpleName() + ", but " + said(e), e);
    }
    if (value == null) {
      throw new UnreadablePayloadException(
          "expected the JSON of a " + type.getSimpleName() + ", but found null",
          new IllegalArgumentException("null"));
    }
    return value;
  }

  /** Jackson's message without its excerpt of the source. */
  private static String said(JsonProcessingException e) {
    return e.getOriginalMessage();
  }
}
