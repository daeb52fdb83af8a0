package io.skald.shop.messages;

import io.skald.saga.message.Command;
import java.util.Objects;

/**
 * Hand an order to a carrier.
 *
 * @param country where to, as ISO 3166 names it with two letters
 */
public record ScheduleShipping(String orderId, String country)
    implements Command<ShippingScheduled> {

  public ScheduleShipping {
    Objects.requireNonNull(orderId, "orderId");
    Objects.requireNonNull(country, "country");
  }
}
