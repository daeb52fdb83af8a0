package io.skald.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Values of a type, as JSON, that tell where they come from: a text is its own path, such as {@code
 * "payment.paymentId"}, a number or a UUID follows from its path. The same path always gives the
 * same value.
 */
final class Samples {

  private static final int DEEPEST = 8;
  private static final int NUMBERS = 9_973;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<Class<?>> SMALL = Set.of(byte.class, Byte.class);
  private static final Set<Class<?>> NUMBER =
      Set.of(
          short.class,
          Short.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          float.class,
          Float.class,
          double.class,
          Double.class,
          BigDecimal.class,
          BigInteger.class,
          Number.class);
  private static final Map<Class<?>, String> TIMES =
      Map.of(
          Instant.class, "2026-01-01T00:00:00Z",
          OffsetDateTime.class, "2026-01-01T00:00:00Z",
          ZonedDateTime.class, "2026-01-01T00:00:00Z",
          LocalDate.class, "2026-01-01",
          LocalDateTime.class, "2026-01-01T00:00:00",
          LocalTime.class, "00:00:00",
          Duration.class, "PT1M");

  private Samples() {}

  /**
   * A value of this type.
   *
   * @throws IllegalArgumentException when the type does not say how one is made
   */
  static JsonNode of(Type type, String path) {
    return of(type, path, 0);
  }

  private static JsonNode of(Type type, String path, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(path + " is more than " + DEEPEST + " deep");
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      return generic(raw, generic.getActualTypeArguments(), path, depth);
    }
    if (type instanceof Class<?> plain) {
      return plain(plain, path, depth);
    }
    throw new IllegalArgumentException(path + " is of type " + type);
  }

  private static JsonNode generic(Class<?> raw, Type[] arguments, String path, int depth) {
    if (raw == Optional.class) {
      return of(arguments[0], path, depth + 1);
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return several(arguments[0], path, depth);
    }
    if (Map.class.isAssignableFrom(raw)) {
      String key = of(arguments[0], path + ".key", depth + 1).asText();
      return JSON.objectNode().set(key, of(arguments[1], path, depth + 1));
    }
    return plain(raw, path, depth);
  }

  /** Two that can be told apart, so that a mix-up of items shows; else one. */
  private static JsonNode several(Type type, String path, int depth) {
    JsonNode one = of(type, path, depth + 1);
    JsonNode other = of(type, path + "2", depth + 1);
    return one.equals(other) ? JSON.arrayNode().add(one) : JSON.arrayNode().add(one).add(other);
  }

  private static JsonNode plain(Class<?> type, String path, int depth) {
    if (type == String.class || type == CharSequence.class) {
      return JSON.textNode(path);
    }
    if (NUMBER.contains(type)) {
      return JSON.numberNode(1 + Math.floorMod(path.hashCode(), NUMBERS));
    }
    if (SMALL.contains(type)) {
      return JSON.numberNode(1 + Math.floorMod(path.hashCode(), Byte.MAX_VALUE));
    }
    if (type == boolean.class || type == Boolean.class) {
      return JSON.booleanNode(true);
    }
    if (type == char.class || type == Character.class) {
      return JSON.textNode("x");
    }
    if (type == UUID.class) {
      return JSON.textNode(
          UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString());
    }
    if (type == URI.class) {
      return JSON.textNode("sample:" + path);
    }
    if (TIMES.containsKey(type)) {
      return JSON.textNode(TIMES.get(type));
    }
    return composed(type, path, depth);
  }

  private static JsonNode composed(Class<?> type, String path, int depth) {
    if (type.isEnum()) {
      return JSON.textNode(((Enum<?>) type.getEnumConstants()[0]).name());
    }
    if (type.isArray()) {
      return several(type.getComponentType(), path, depth);
    }
    if (type.isRecord()) {
      ObjectNode members = JSON.objectNode();
      for (RecordComponent member : type.getRecordComponents()) {
        String name = member.getName();
        members.set(name, of(member.getGenericType(), path + "." + name, depth + 1));
      }
      return members;
    }
    if (type.isInterface()
        || Modifier.isAbstract(type.getModifiers())
        || type.getName().startsWith("java.")) {
      throw new IllegalArgumentException(path + " is of type " + type.getSimpleName());
    }
    return ofFields(type, path, depth);
  }

  private static JsonNode ofFields(Class<?> type, String path, int depth) {
    ObjectNode members = JSON.objectNode();
    for (Class<?> owner = type; owner != Object.class; owner = owner.getSuperclass()) {
      for (Field field : owner.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          String name = field.getName();
          members.set(name, of(field.getGenericType(), path + "." + name, depth + 1));
        }
      }
    }
    return members;
  }
}
