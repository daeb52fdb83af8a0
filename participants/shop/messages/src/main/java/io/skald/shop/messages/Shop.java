package io.skald.shop.messages;

import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;

/** Who takes part in the shop's sagas. */
public final class Shop {

  public static final Participant ORDER = Participant.named("order");
  public static final Participant PAYMENT = Participant.named("payment");
  public static final Participant INVENTORY = Participant.named("inventory");
  public static final Participant SHIPPING = Participant.named("shipping");

  /** Where {@link OrderCreated} starts an order saga. */
  public static final Topic ORDER_EVENTS = ORDER.events();

  /** The name of the order saga's definition. */
  public static final String ORDER_SAGA = "order";

  private Shop() {}
}
