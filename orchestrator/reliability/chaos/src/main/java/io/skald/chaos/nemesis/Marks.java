package io.skald.chaos.nemesis;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** A header that says of a record that the nemesis has made it. Nobody in Skald looks at it. */
public final class Marks {

  private static final String HEADER = "chaos";

  private Marks() {}

  public static boolean isMarked(ConsumerRecord<?, ?> record) {
    return record.headers().lastHeader(HEADER) != null;
  }

  static void mark(Headers headers, String how) {
    headers.add(HEADER, how.getBytes(StandardCharsets.UTF_8));
  }
}
