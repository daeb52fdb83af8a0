package io.skald.orchestrator.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;

/**
 * Payloads by Jackson, with the application's own modules and settings where they do not touch the
 * contract: readers are tolerant, instants are text, equal values give equal text. Nesting deeper
 * than 64 is refused, for a payload comes from anywhere.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

  private static final int MAX_DEPTH = 64;

  private final ObjectMapper mapper;

  public JacksonPayloadCodec(ObjectMapper application) {
    mapper = application.copy();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    mapper
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
    mapper.setConfig(
        mapper.getSerializationConfig().with(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY));
  }

  /**
   * The tree's text is written and not the value's own, so that reading it back changes nothing.
   */
  @Override
  public String encode(Object value) {
    try {
      return whole(mapper.readTree(mapper.writeValueAsString(value)).toString());
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

  /**
   * Half a surrogate pair is no UTF-8: the database and Kafka would keep something else than what
   * is in memory.
   */
  private static String whole(String json) {
    return json.chars().anyMatch(c -> Character.isSurrogate((char) c))
        ? new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        : json;
  }

  /** Jackson's message without its source excerpt, which may hold what should not be logged. */
  private static String said(JsonProcessingException e) {
    return e.getOriginalMessage();
  }
}
