package io.skald.saga.message;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a step, by which it is addressed everywhere: in states, headers and messages.
 *
 * @param value lower-case letters, digits and '-', starting with a letter, at most 64 long
 */
public record StepName(String value) {

  private static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  public StepName {
    Objects.requireNonNull(value, "value");
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Expected a step name of lower-case letters, digits and '-', starting with a letter, at most"
              + " 64 long, but found '"
              + value
              + "'");
    }
  }

  /** Whether {@code text} can be a step's name. */
  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
