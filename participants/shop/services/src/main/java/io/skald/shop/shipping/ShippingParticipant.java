package io.skald.shop.shipping;

import io.skald.participant.BusinessRefusal;
import io.skald.participant.CommandContext;
import io.skald.participant.ParticipantService;
import io.skald.shop.messages.ScheduleShipping;
import io.skald.shop.messages.ShippingScheduled;
import io.skald.shop.messages.Shop;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;

/** Hands orders to carriers. A carrier does not give an order back, so nothing undoes this. */
@Singleton
final class ShippingParticipant {

  private final Carriers carriers;

  ShippingParticipant(Carriers carriers) {
    this.carriers = carriers;
  }

  @Produces
  @Singleton
  ParticipantService service() {
    return ParticipantService.named(Shop.SHIPPING.name())
        .action(ScheduleShipping.class, this::schedule)
        .build();
  }

  private ShippingScheduled schedule(ScheduleShipping command, CommandContext context)
      throws SQLException {
    String trackingId = "TRK-" + context.sagaId();
    Optional<String> carrier = carriers.take(trackingId, command.orderId(), command.country());
    if (carrier.isEmpty()) {
      throw carriers.deliverTo(command.country())
          ? new BusinessRefusal("NO_CAPACITY", "All carriers are full")
          : new BusinessRefusal("NO_DELIVERY", "No carrier delivers to " + command.country());
    }
    return new ShippingScheduled(command.orderId(), trackingId, carrier.get());
  }
}
