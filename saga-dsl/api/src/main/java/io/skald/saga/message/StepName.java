package io.skald.saga.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;

/**
 * The name of a step or of a block, by which it is addressed everywhere: in states, headers and
 * messages. Inside a {@code forEach} there is one of each for each item, which the item's key tells
 * apart.
 *
 * @param value lower-case letters, digits and '-', starting with a letter, at most 64 long
 * @param item the item's key; empty for what is not inside a {@code forEach}
 */
public record StepName(String value, String item) {

  private static final int LONGEST = 64;
  private static final int LONGEST_ITEM = 100;
  private static final char SEPARATOR = '/';

  public StepName {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(item, "item");
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Expected a step name of lower-case letters, digits and '-', starting with a letter, at"
              + " most 64 long, but found '"
              + value
              + "'");
    }
    if (!item.isEmpty() && !isValidItem(item)) {
      throw new IllegalArgumentException(
          "Expected an item's key of 1 to 100 characters, not blank, none of them '/' or control,"
              + " but found '"
              + item
              + "'");
    }
  }

  public StepName(String value) {
    this(value, "");
  }

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException when it is no such name
   */
  public static StepName parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    return separator < 0
        ? new StepName(text)
        : new StepName(text.substring(0, separator), text.substring(separator + 1));
  }

  /** The same step or block for this item. */
  public StepName of(String item) {
    return item.isEmpty() ? this : new StepName(value, item);
  }

  /** The name as the definition has it, for whichever item. */
  public StepName inDefinition() {
    return item.isEmpty() ? this : new StepName(value);
  }

  /** Whether {@code text} can be an item's key. */
  public static boolean isValidItem(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_ITEM
        && text.chars().noneMatch(c -> c == SEPARATOR || Character.isISOControl(c))
        && text.equals(new String(text.getBytes(UTF_8), UTF_8));
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

  /** {@code name}, or {@code name/item}. */
  @Override
  public String toString() {
    return item.isEmpty() ? value : value + SEPARATOR + item;
  }
}
