package io.skald.shop.order;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.OrderItem;
import io.skald.shop.web.Problem;
import io.skald.shop.web.Problem.FieldError;
import java.io.IOException;
import java.util.List;

/** Orders as JSON: strict with clients, who should learn of a typo; as written with ourselves. */
@RegisterForReflection(
    targets = {OrderRequest.class, OrderRequest.Item.class, OrderCreated.class, OrderItem.class})
final class OrderJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader REQUEST = MAPPER.readerFor(OrderRequest.class);
  private static final ObjectReader EVENT =
      MAPPER
          .readerFor(OrderCreated.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private OrderJson() {}

  /**
   * Reads a client's request.
   *
   * @throws jakarta.ws.rs.WebApplicationException with a problem that says what can't be read
   */
  static OrderRequest request(byte[] body) {
    try {
      OrderRequest request = REQUEST.readValue(body);
      if (request == null) {
        throw Problem.badRequest("Expected an order as a JSON object", List.of()).exception();
      }
      return request;
    } catch (UnrecognizedPropertyException e) {
      throw wrong(e, "is not a known field");
    } catch (JsonMappingException e) {
      throw wrong(e, "has a value of the wrong kind");
    } catch (IOException e) {
      throw Problem.badRequest("Expected an order as JSON, but this is none", List.of())
          .exception();
    }
  }

  static String write(OrderCreated event) {
    try {
      return MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every order can be written as JSON", e);
    }
  }

  static OrderCreated event(String json) {
    try {
      return EVENT.readValue(json);
    } catch (JacksonException e) {
      throw new IllegalStateException("Expected an order as we wrote it, but found other JSON", e);
    }
  }

  private static RuntimeException wrong(JsonMappingException e, String message) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getIndex() >= 0) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    if (path.isEmpty()) {
      return Problem.badRequest("Expected an order as a JSON object", List.of()).exception();
    }
    return Problem.badRequest(
            "The order can't be read", List.of(new FieldError(path.toString(), message)))
        .exception();
  }
}
