package io.skald.participant;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Faults that the tests switch on. */
final class TestFaults {

  private TestFaults() {}

  /** Sends as always, but for one participant: its process ends between commit and reply. */
  @Alternative
  @Priority(1)
  @Singleton
  static final class CrashingSender implements RecordSender {

    private final ChannelRecordSender sender;
    volatile boolean crashes = true;

    @Inject
    CrashingSender(ChannelRecordSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(List<ProducerRecord<String, byte[]>> records) {
      if (crashes && records.stream().anyMatch(r -> r.topic().equals("crashing-events"))) {
        throw new IllegalStateException("Crash before the replies are sent");
      }
      sender.send(records);
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

  /** Does what the command's subject says. */
  @Singleton
  static final class SubjectFilter implements CommandFilter {

    @Override
    public Disposition before(CommandContext context) {
      return switch (context.key()) {
        case "SILENT" -> Disposition.SWALLOW;
        case "FAULTY" -> throw new TransientFailure("SWITCHED_ON", "A fault on purpose");
        default -> Disposition.PROCEED;
      };
    }
  }
}
