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

  /** What Jackson writes behind a backslash, but for the four digits of the rest. */
  private static final String SHORT_ESCAPES = "\"\\nrtbf";

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
   * What is written is the text of the value's tree, so that reading it back changes nothing. Most
   * texts are that already.
   */
  @Override
  public String encode(Object value) {
    try {
      String text = mapper.writeValueAsString(value);
      return whole(isPlain(text) ? text : mapper.readTree(text).toString());
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
   * Whether a tree would say it the same way: no exponents, no minus zero, no escapes but the short
   * ones, no space between tokens, not too deep. A text that only might be changed is not plain.
   */
  private static boolean isPlain(String json) {
    boolean inText = false;
    int depth = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        inText = !inText;
      } else if (inText) {
        if (c == '\\') {
          i++;
          if (SHORT_ESCAPES.indexOf(json.charAt(i)) < 0) {
            return false;
          }
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c <= ' ' || isExponent(json, i) || isMinusZero(json, i)) {
        return false;
      }
      if (depth > MAX_DEPTH) {
        return false;
      }
    }
    return true;
  }

  /** A decimal has no minus zero; -0.5 begins alike, and may as well go the long way. */
  private static boolean isMinusZero(String json, int i) {
    return json.charAt(i) == '-' && json.startsWith("-0", i);
  }

  /** An e behind a digit; the others are in true and false. */
  private static boolean isExponent(String json, int i) {
    char c = json.charAt(i);
    return (c == 'e' || c == 'E') && Character.isDigit(json.charAt(i - 1));
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
