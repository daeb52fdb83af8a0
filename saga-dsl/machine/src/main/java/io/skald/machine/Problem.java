package io.skald.machine;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Why an attempt did not succeed.
 *
 * @param code short, for programs: the participant's own, or one of the constants here
 * @param message a sentence, for people
 */
public record Problem(String code, String message) {

  /** No answer came in time; whether it happened is unknown. */
  public static final String TIMEOUT = "TIMEOUT";

  /** The saga turned back while the attempt was under way; whether it happened is unknown. */
  public static final String TURNED_BACK = "TURNED_BACK";

  private static final int MAX_LENGTH = 2_000;

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    code = storable(code);
    message = storable(message);
  }

  /** Half a surrogate pair is no JSON, and PostgreSQL takes no NUL: neither may stop a lane. */
  private static String storable(String text) {
    String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    String whole = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return whole.replace('\0', '?');
  }
}
