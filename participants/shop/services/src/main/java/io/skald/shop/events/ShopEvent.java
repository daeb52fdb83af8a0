package io.skald.shop.events;

import io.skald.saga.message.Outcome;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** An event as a subscriber sees it: most need its headers alone. */
public record ShopEvent(ConsumerRecord<String, byte[]> source) {

  /** What happened; empty text when the record is no event. */
  public String type() {
    return header(WireHeaders.TYPE).orElse("");
  }

  /** What it happened to, such as the order's id; empty text when the record does not say. */
  public String subject() {
    return header(WireHeaders.SUBJECT).orElse("");
  }

  /** Whether it says that a command was done. */
  public boolean succeeded() {
    return outcome(Outcome.SUCCEEDED);
  }

  /** Whether it says that a command was refused. */
  public boolean rejected() {
    return outcome(Outcome.REJECTED);
  }

  /** When it happened, by the clock of who says so; else when Kafka got it. */
  public Instant time() {
    try {
      return header(WireHeaders.TIME)
          .map(Instant::parse)
          .orElseGet(() -> Instant.ofEpochMilli(source.timestamp()));
    } catch (DateTimeParseException notATime) {
      return Instant.ofEpochMilli(source.timestamp());
    }
  }

  /** The last header of this name. */
  public Optional<String> header(String name) {
    Header header = source.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  private boolean outcome(Outcome wanted) {
    return header(WireHeaders.OUTCOME).filter(wanted.wireName()::equals).isPresent();
  }
}
