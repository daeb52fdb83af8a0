package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.standalone.ServiceProcess;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A topic is lost with all that stands in it, and made again. */
@Scenarios(Temper.PERSISTENT)
@Order(13)
final class TopicLostIT {

  private static final String COMMANDS = "payment-commands";
  private static final String REPLIES = "inventory-events";

  private final Shop shop;

  TopicLostIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldSendCommandsAgain_whenTheirTopicIsLostBeforeAnyoneHasReadThem() {
    // given: orders whose first command waits for participants that do not run
    ServiceProcess orchestrator = shop.orchestrator();
    orchestrator.stop();
    Rush rush = Rush.atFullSpeed(shop, 50);
    Patience.await().until(shop::hasPublishedAllOrders);
    shop.process().stop();
    int before = shop.topics().read(COMMANDS).size();
    orchestrator.start();
    rush.awaitAllStarted();
    Patience.await().until(() -> shop.topics().read(COMMANDS).size() >= before + 50);
    // when
    shop.topics().lose(COMMANDS);
    assertThat(shop.topics().read(COMMANDS)).isEmpty();
    shop.process().start();
    shop.process().awaitHealthy(Patience.LIMIT);
    // then
    rush.assertEndedWell();
  }

  @Test
  void shouldAskForRepliesAgain_whenTheirTopicIsLostBeforeAnyoneHasReadThem() {
    // given: replies that wait for an orchestrator that does not run
    Rush rush = Rush.of(shop, 100);
    rush.awaitTheMiddle();
    ServiceProcess orchestrator = shop.orchestrator();
    orchestrator.stop();
    shop.heal();
    Patience.await().until(() -> repliesFrom("inventory") > repliesReadFrom(REPLIES));
    // when
    shop.topics().lose(REPLIES);
    // then
    assertThat(shop.topics().read(REPLIES)).isEmpty();
    rush.assertIsInTheMiddle();
    orchestrator.start();
    orchestrator.awaitHealthy(Patience.LIMIT);
    rush.assertEndedWell();
  }

  private long repliesFrom(String participant) {
    return shop.topics().read(participant + "-events").size();
  }

  /** As far as the shards' offsets say. */
  private long repliesReadFrom(String topic) {
    return shop.engine()
        .number(
            """
            select coalesce(sum(value::bigint), 0) from shard, jsonb_each_text(offsets::jsonb)
            where key like ?
            """,
            topic + "/%");
  }
}
