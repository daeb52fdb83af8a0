package io.skald.orchestrator.rest;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.skald.saga.message.UnreadablePayloadException;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says why JSON is not the data that a definition wants, in words without Java in them. */
final class Shape {

  private Shape() {}

  /**
   * @param expected of what it is the JSON, to go on behind "Expected"
   */
  static ApiProblem problem(String expected, UnreadablePayloadException unreadable) {
    return ApiProblem.quoting(
        ProblemKind.INVALID_REQUEST, "Expected " + expected + ", but " + found(unreadable));
  }

  private static String found(UnreadablePayloadException unreadable) {
    if (!(unreadable.getCause() instanceof JsonMappingException mismatch)) {
      return "the body is something else";
    }
    String where = where(mismatch);
    Optional<String> own = ownWords(mismatch);
    if (own.isPresent()) {
      return where + " is refused: " + own.get();
    }
    if (mismatch instanceof MismatchedInputException input && input.getTargetType() != null) {
      return where + " is not " + kind(input.getTargetType());
    }
    return where + " does not fit";
  }

  private static String where(JsonMappingException mismatch) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference member : mismatch.getPath()) {
      if (member.getFieldName() == null) {
        path.append('[').append(member.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(member.getFieldName());
      }
    }
    return path.isEmpty() ? "the body" : "member '" + path + "'";
  }

  /** What the data's own constructor has to say, when it refuses its arguments. */
  private static Optional<String> ownWords(JsonMappingException mismatch) {
    for (Throwable t = mismatch.getCause(); t != null; t = t.getCause()) {
      if (t.getClass() == IllegalArgumentException.class) {
        return Optional.ofNullable(t.getMessage());
      }
    }
    return Optional.empty();
  }

  private static String kind(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class
        || type == long.class
        || type == short.class
        || type == byte.class
        || type == Integer.class
        || type == Long.class
        || type == Short.class
        || type == Byte.class
        || type == BigInteger.class) {
      return "a whole number in range";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "text";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time in ISO 8601";
    }
    return type == UUID.class ? "a UUID" : "an object of the right shape";
  }
}
