package io.skald.shop.messages;

import java.math.BigDecimal;

/** The customer has the money back. */
public record PaymentRefunded(String orderId, String paymentId, String userId, BigDecimal amount) {}
