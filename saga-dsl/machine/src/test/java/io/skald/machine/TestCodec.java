package io.skald.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;

/** JSON by Jackson, as a shell would do it. */
final class TestCodec implements PayloadCodec {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @Override
  public String encode(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UnreadablePayloadException("can't write " + value.getClass().getSimpleName(), e);
    }
  }

  @Override
  public <T> T decode(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UnreadablePayloadException("can't read " + type.getSimpleName(), e);
    }
  }
}
