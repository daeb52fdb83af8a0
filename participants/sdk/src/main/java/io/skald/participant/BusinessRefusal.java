package io.skald.participant;

import java.io.Serial;
import java.util.Objects;

/**
 * A participant says no for a business reason: not enough money, nothing on stock.
 *
 * <p>An action's refusal is answered {@code rejected}, its effect is rolled back, and the refusal
 * is recorded: every repeat is answered alike, also after a restart. A compensation's refusal is
 * answered {@code rejected} too, but not recorded, for a compensation has to be possible in the
 * end: the next try runs the handler again.
 */
public class BusinessRefusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code short and stable, for programs, such as {@code INSUFFICIENT_FUNDS}
   * @param message a sentence for people
   */
  public BusinessRefusal(String code, String message) {
    super(Objects.requireNonNull(message, "message"));
    this.code = ErrorCode.checked(code);
  }

  public final String code() {
    return code;
  }
}
