package io.skald.shop.messages;

/** The order is done. */
public record OrderCompleted(String orderId, String trackingId) {}
