package io.skald.shop.messages;

/** Nothing is set aside for the order any more. */
public record InventoryReleased(String orderId) {}
