package io.skald.orchestrator.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes messages to a {@link FakeBroker}, when and as the test wants. */
final class FakeSink implements MessageSink {

  private record Held(OutgoingMessage message, Receipt receipt) {}

  private final FakeBroker broker;
  private final List<Held> held = new ArrayList<>();
  private final List<OutgoingMessage> handedOver = new ArrayList<>();
  private boolean holding;
  private boolean away;
  private boolean closed;
  private int startOvers;

  FakeSink(FakeBroker broker) {
    this.broker = broker;
  }

  /** From now on messages wait until the test acknowledges them. */
  void hold() {
    holding = true;
  }

  /** Kafka takes everything that waits, and from now on at once. */
  void let() {
    holding = false;
    acknowledge(held.size());
  }

  /** Kafka takes the oldest of what waits. */
  void acknowledge(int count) {
    for (int i = 0; i < count; i++) {
      Held next = held.removeFirst();
      broker.append(next.message());
      next.receipt().acknowledged();
    }
  }

  /** Kafka takes the message at this place, before the older ones. */
  void acknowledgeAt(int index) {
    Held next = held.remove(index);
    broker.append(next.message());
    next.receipt().acknowledged();
  }

  /** Kafka has what waits, but its acknowledgements are lost. */
  void loseAcknowledgements() {
    held.forEach(message -> broker.append(message.message()));
    held.clear();
  }

  /** Each message fails as it is handed over. */
  void setAway(boolean away) {
    this.away = away;
  }

  /** The oldest message that waits is given up. */
  void giveUp() {
    held.removeFirst().receipt().failed(new IllegalStateException("given up"));
  }

  int waiting() {
    return held.size();
  }

  /** What the lane has handed over, whether it arrived or not. */
  List<OutgoingMessage> handedOver() {
    return handedOver;
  }

  int startOvers() {
    return startOvers;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void send(OutgoingMessage message, Receipt receipt) {
    handedOver.add(message);
    if (away) {
      receipt.failed(new IllegalStateException("away"));
    } else if (holding) {
      held.add(new Held(message, receipt));
    } else {
      broker.append(message);
      receipt.acknowledged();
    }
  }

  @Override
  public void sendAndWait(List<OutgoingMessage> messages, Duration atMost) {
    if (away) {
      throw new SinkException("Expected Kafka to answer", new IllegalStateException("away"));
    }
    messages.forEach(broker::append);
  }

  @Override
  public void startOver() {
    startOvers++;
    held.clear();
  }

  @Override
  public void close() {
    closed = true;
  }
}
