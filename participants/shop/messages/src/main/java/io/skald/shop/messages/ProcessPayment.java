package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.math.BigDecimal;
import java.util.Objects;

/** Take the price of an order from its customer's account. */
public record ProcessPayment(String orderId, String userId, BigDecimal amount)
    implements Command<PaymentProcessed> {

  public ProcessPayment {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(userId, "userId");
    amount = Amounts.checked(amount);
  }
}
