package io.skald.simulation;

import io.skald.participant.RecordSender;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Answers what it has answered before with silence. */
final class BrokenSender implements RecordSender {

  private static final List<String> REQUEST =
      List.of(WireHeaders.SAGA_ID, WireHeaders.STEP, WireHeaders.ITEM, WireHeaders.PHASE);

  private final RecordSender sender;
  private final Set<String> answered;

  /**
   * @param answered what any process has answered
   */
  BrokenSender(RecordSender sender, Set<String> answered) {
    this.sender = sender;
    this.answered = answered;
  }

  @Override
  public void send(List<ProducerRecord<String, byte[]>> records) {
    List<ProducerRecord<String, byte[]>> fresh = new ArrayList<>();
    for (ProducerRecord<String, byte[]> record : records) {
      if (record.topic().endsWith("-dlq") || answered.add(request(record))) {
        fresh.add(record);
      }
    }
    sender.send(fresh);
  }

  private static String request(ProducerRecord<String, byte[]> reply) {
    StringBuilder request = new StringBuilder(reply.topic());
    for (String name : REQUEST) {
      Header header = reply.headers().lastHeader(name);
      request.append('/');
      if (header != null) {
        request.append(new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return request.toString();
  }

  @Override
  public int partitions(String topic) {
    return sender.partitions(topic);
  }

  @Override
  public void refresh(String topic) {
    sender.refresh(topic);
  }
}
