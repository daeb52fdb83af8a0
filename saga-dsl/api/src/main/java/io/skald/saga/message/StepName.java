package io.skald.saga.message;

import java.util.Objects;

/**
 * The name of a step, by which it is addressed everywhere: in states, headers and messages.
 *
 * @param value lower-case letters, digits and '-', starting with a letter, at most 64 long
 */
public record StepName(String value) {

  private static final int LONGEST = 64;

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
    if (text.isEmpty() || text.length() > LONGEST || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  @Override
  public String toString() {
    return value;
  }
}
