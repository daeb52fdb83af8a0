package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandChannelDefaultsTest {

  private static final String CHANNEL = "mp.messaging.incoming.risk-check-commands.";

  private final SmallRyeConfig config =
      new SmallRyeConfigBuilder()
          .withInterceptors(new CommandChannelDefaults())
          .withSources(
              new PropertiesConfigSource(
                  Map.of(
                      CHANNEL + "max.poll.records",
                      "50",
                      CHANNEL + "auto.offset.reset",
                      "latest",
                      "mp.messaging.incoming.slow-commands.session.timeout.ms",
                      "30000",
                      "mp.messaging.incoming.modern-commands.group.protocol",
                      "consumer",
                      "mp.messaging.incoming.order-events.topic",
                      "order-events"),
                  "application",
                  250))
          .build();

  @Test
  void shouldConfigureChannelsOfCommands() {
    assertThat(config.getRawValue(CHANNEL + "batch")).isEqualTo("true");
    assertThat(config.getRawValue(CHANNEL + "group.id")).isEqualTo("risk-check");
    assertThat(config.getRawValue(CHANNEL + "failure-strategy")).isEqualTo("fail");
    assertThat(config.getRawValue("mp.messaging.incoming.payment-commands.group.id"))
        .isEqualTo("payment");
    assertThat(config.getPropertyNames())
        .contains(CHANNEL + "allow.auto.create.topics", CHANNEL + "group.id");
  }

  @Test
  void shouldGiveCommandsOfADeadOneToTheOthersWithinSeconds() {
    assertThat(config.getRawValue(CHANNEL + "session.timeout.ms")).isEqualTo("6000");
    assertThat(config.getRawValue(CHANNEL + "heartbeat.interval.ms")).isEqualTo("1500");
    // Kafka's own settings reach the consumer only when their names are listed.
    assertThat(config.getPropertyNames())
        .contains(CHANNEL + "session.timeout.ms", CHANNEL + "heartbeat.interval.ms");
  }

  @Test
  void shouldLeaveBuffersToTheSystem_soThatNothingIsDroppedAndRepeated() {
    assertThat(config.getRawValue(CHANNEL + "receive.buffer.bytes")).isEqualTo("-1");
    assertThat(config.getRawValue(CHANNEL + "send.buffer.bytes")).isEqualTo("-1");
  }

  @Test
  void shouldLeaveTimeoutsToTheBroker_whenGroupHasTheNewProtocol() {
    String modern = "mp.messaging.incoming.modern-commands.";

    assertThat(config.getRawValue(modern + "session.timeout.ms")).isNull();
    assertThat(config.getRawValue(modern + "heartbeat.interval.ms")).isNull();
    assertThat(config.getRawValue(modern + "batch")).isEqualTo("true");
  }

  @Test
  void shouldGiveWay_whenApplicationSaysOtherwise() {
    assertThat(config.getRawValue(CHANNEL + "auto.offset.reset")).isEqualTo("latest");
    assertThat(config.getRawValue("mp.messaging.incoming.slow-commands.session.timeout.ms"))
        .isEqualTo("30000");
  }

  @Test
  void shouldLeaveOtherChannelsAlone() {
    assertThat(config.getRawValue("mp.messaging.incoming.order-events.batch")).isNull();
    assertThat(config.getRawValue("mp.messaging.outgoing.x-commands.batch")).isNull();
    assertThat(config.getPropertyNames())
        .doesNotContain("mp.messaging.incoming.order-events.batch");
  }
}
