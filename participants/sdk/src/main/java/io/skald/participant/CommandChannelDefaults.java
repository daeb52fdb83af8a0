package io.skald.participant;

import static java.util.Map.entry;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.io.Serial;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Configures every incoming channel {@code <participant>-commands} as a participant needs it, so
 * that an application writes nothing. Whatever it does write wins.
 */
public final class CommandChannelDefaults implements ConfigSourceInterceptor {

  @Serial private static final long serialVersionUID = 1L;

  private static final String PREFIX = "mp.messaging.incoming.";
  private static final Pattern NAME =
      Pattern.compile("mp\\.messaging\\.incoming\\.\"?([a-z][a-z0-9-]*)-commands\"?\\.(.+)");

  private static final String GROUP_ID = "group.id";
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          entry("connector", "smallrye-kafka"),
          entry("batch", "true"),
          entry("auto.offset.reset", "earliest"),
          entry("enable.auto.commit", "false"),
          // So soon the commands of one that was killed go to the others; Kafka's 45 s are longer
          // than most steps wait for an answer.
          entry("session.timeout.ms", "6000"),
          entry("heartbeat.interval.ms", "1500"),
          // The system chooses (ADR 0011).
          entry("receive.buffer.bytes", "-1"),
          entry("send.buffer.bytes", "-1"),
          // The offset behind the last record of the batches that were acknowledged, once a second
          // and when a partition is given away. One commit for each batch and partition is dear.
          entry("commit-strategy", "throttled"),
          entry("auto.commit.interval.ms", "1000"),
          // A batch may take as long as the database is away.
          entry("throttled.unprocessed-record-max-age.ms", "0"),
          // Stops the channel and turns health down; the other strategies skip records.
          entry("failure-strategy", "fail"),
          // The worker reads the headers itself; a Message of each record would too.
          entry("cloud-events", "false"),
          entry("tracing-enabled", "false"),
          // What comes while a batch runs waits in Kafka and becomes one large batch, not many
          // small.
          entry("max-queue-size-factor", "1"),
          entry("allow.auto.create.topics", "false"),
          entry("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer"),
          entry(
              "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"));

  /** With {@code group.protocol=consumer} a consumer refuses to start when one of them is set. */
  private static final Set<String> SET_BY_BROKER_IN_NEW_PROTOCOL =
      Set.of("session.timeout.ms", "heartbeat.interval.ms");

  private static final String GROUP_PROTOCOL = "group.protocol";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue configured = context.proceed(name);
    if (configured != null || !name.startsWith(PREFIX)) {
      return configured;
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    String attribute = matcher.group(2);
    if (SET_BY_BROKER_IN_NEW_PROTOCOL.contains(attribute)
        && isNewProtocol(context, name.substring(0, name.length() - attribute.length()))) {
      return null;
    }
    String value = attribute.equals(GROUP_ID) ? matcher.group(1) : DEFAULTS.get(attribute);
    return value == null
        ? null
        : ConfigValue.builder()
            .withName(name)
            .withValue(value)
            .withRawValue(value)
            .withConfigSourceName("Skald participant defaults")
            .withConfigSourceOrdinal(Integer.MIN_VALUE)
            .build();
  }

  /** Kafka's own settings reach the consumer only when their names are listed. */
  /** As the channel says, or all of the application's Kafka clients. */
  private static boolean isNewProtocol(ConfigSourceInterceptorContext context, String channel) {
    ConfigValue own = context.proceed(channel + GROUP_PROTOCOL);
    ConfigValue said = own == null ? context.proceed("kafka." + GROUP_PROTOCOL) : own;
    return said != null && "consumer".equalsIgnoreCase(said.getValue());
  }

  @Override
  public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> channels = new LinkedHashSet<>();
    context
        .iterateNames()
        .forEachRemaining(
            name -> {
              names.add(name);
              Matcher matcher = NAME.matcher(name);
              if (matcher.matches()) {
                channels.add(PREFIX + matcher.group(1) + "-commands.");
              }
            });
    for (String channel : channels) {
      DEFAULTS.keySet().forEach(attribute -> names.add(channel + attribute));
      names.add(channel + GROUP_ID);
    }
    return names.iterator();
  }
}
