package io.skald.orchestrator.lane;

import java.time.Duration;
import java.util.List;

/**
 * Takes messages to Kafka. Messages with the same key to the same topic keep their order. At least
 * once: what was not acknowledged may have arrived all the same.
 */
public interface MessageSink {

  /** Told by a thread of the sink's own, once for each message. */
  interface Receipt {

    /** Kafka has it, on as many brokers as it wants. */
    void acknowledged();

    /** It was given up; nobody knows whether it arrived. */
    void failed(Exception cause);
  }

  /** Hands a message over and returns; the receipt comes later. */
  void send(OutgoingMessage message, Receipt receipt);

  /**
   * Hands messages over and waits until Kafka has them all.
   *
   * @throws SinkException when it has not within this time
   */
  void sendAndWait(List<OutgoingMessage> messages, Duration atMost);

  /**
   * Forgets what was not acknowledged. It may have arrived, and it will not be sent from here; who
   * called sends it again from the journal.
   */
  void startOver();

  /** Sends what was handed over, waits for Kafka as long as the sink's patience, and ends. */
  void close();

  /** Kafka could not be reached; whether the messages arrived is unknown. */
  final class SinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SinkException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
