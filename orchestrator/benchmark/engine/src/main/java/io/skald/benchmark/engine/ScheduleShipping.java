package io.skald.benchmark.engine;

import io.skald.saga.message.Command;

/**
 * Hand an order to a carrier.
 *
 * @param country where to; there is no way to {@code AQ}
 * @param failsFirst whether the first attempt is to fail as something that passes
 */
record ScheduleShipping(String orderId, String country, boolean failsFirst)
    implements Command<ShippingScheduled> {}
