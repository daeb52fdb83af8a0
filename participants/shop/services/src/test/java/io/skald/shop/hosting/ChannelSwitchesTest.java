package io.skald.shop.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChannelSwitchesTest {

  @Test
  void shouldSwitchOffTheChannelsOfOthers_whenOneParticipantIsHosted() {
    assertThat(ChannelSwitches.off(" Payment , shipping"))
        .containsOnlyKeys(
            "mp.messaging.incoming.order-commands.enabled",
            "mp.messaging.incoming.order-facts.enabled",
            "mp.messaging.incoming.inventory-commands.enabled",
            "mp.messaging.incoming.inventory-facts.enabled",
            "mp.messaging.incoming.notification.enabled",
            "mp.messaging.incoming.audit.enabled")
        .containsValue("false");
  }

  @Test
  void shouldLeaveAllOn_whenAllAreHosted() {
    assertThat(ChannelSwitches.off("order,payment,inventory,shipping,notification,audit"))
        .isEmpty();
  }
}
