package io.skald.orchestrator.messaging;

import java.nio.charset.StandardCharsets;

/**
 * How large what comes from outside may be, so that whatever follows from it fits into a record.
 */
final class Limits {

  /** Of a record's value, and of a saga's first data. */
  static final int PAYLOAD_BYTES = 256 * 1024;

  /** Of all of a record's headers together, names and values. */
  static final int HEADER_BYTES = 32 * 1024;

  /** Of a text for people: a reason, or why a record could not be used. */
  static final int TEXT_CHARS = 2_000;

  private Limits() {}

  /** A char takes at most 3 bytes in UTF-8, so most payloads need no counting. */
  static boolean isTooLarge(String payload) {
    return payload.length() > PAYLOAD_BYTES / 3
        && payload.getBytes(StandardCharsets.UTF_8).length > PAYLOAD_BYTES;
  }

  /** The beginning of a text, without half a surrogate pair at its end. */
  static String cut(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    return text.substring(0, end);
  }
}
