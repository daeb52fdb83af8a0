package io.skald.shop.messages;

/** A carrier has taken the order. */
public record ShippingScheduled(String orderId, String trackingId, String carrier) {}
