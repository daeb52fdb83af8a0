package io.skald.shop.messages;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What may stand as an amount of money: above zero, whole cents, within what a ledger can hold. */
public final class Amounts {

  public static final BigDecimal MAX = new BigDecimal("999999999.99");

  private Amounts() {}

  /** Whether {@code amount} has no more than two decimals; trailing zeros do not count. */
  public static boolean isWholeCents(BigDecimal amount) {
    return amount.stripTrailingZeros().scale() <= 2;
  }

  /**
   * The amount with exactly two decimals, so that equal amounts are written alike.
   *
   * @throws IllegalArgumentException when it is no amount of money
   */
  public static BigDecimal checked(BigDecimal amount) {
    // The range comes first: giving 1e999999999 two decimals would fill the memory.
    if (amount.signum() <= 0 || amount.compareTo(MAX) > 0 || !isWholeCents(amount)) {
      throw new IllegalArgumentException(
          "Expected an amount above 0, at most " + MAX + ", with at most two decimals");
    }
    return amount.setScale(2, RoundingMode.UNNECESSARY);
  }
}
