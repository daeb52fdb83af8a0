package io.skald.shop.messages;

/** Nothing is paid for the order any more, and nothing will be. */
public record PaymentVoided(String orderId) {}
