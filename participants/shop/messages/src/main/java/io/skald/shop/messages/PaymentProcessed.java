package io.skald.shop.messages;

import java.math.BigDecimal;

/** The customer has paid. */
public record PaymentProcessed(
    String orderId, String paymentId, String userId, BigDecimal amount) {}
