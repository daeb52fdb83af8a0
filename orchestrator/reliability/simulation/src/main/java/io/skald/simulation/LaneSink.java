package io.skald.simulation;

import io.skald.orchestrator.lane.MessageSink;
import io.skald.orchestrator.lane.OutgoingMessage;
import java.time.Duration;
import java.util.List;

/** Takes a lane's messages to the simulated Kafka. */
final class LaneSink implements MessageSink {

  private final Network network;
  private final Producer producer;
  private final Faults faults;
  private final OrchestratorNode node;

  LaneSink(World world, Producer producer, OrchestratorNode node) {
    this.network = world.network();
    this.faults = world.faults();
    this.producer = producer;
    this.node = node;
  }

  @Override
  public void send(OutgoingMessage message, Receipt receipt) {
    node.mayCrash(Fault.CRASH_BETWEEN_SENDS);
    producer.send(message, receipt);
  }

  @Override
  public void sendAndWait(List<OutgoingMessage> messages, Duration atMost) {
    node.mayCrash(Fault.CRASH_BETWEEN_SENDS);
    if (network.isAway() || faults.strikes(Fault.SEND_FAILED)) {
      throw new SinkException("Expected Kafka to answer", new IllegalStateException("away"));
    }
    messages.forEach(producer::sendNow);
    if (faults.strikes(Fault.SEND_UNACKNOWLEDGED)) {
      throw new SinkException("Expected Kafka to answer", new IllegalStateException("silent"));
    }
  }

  @Override
  public void startOver() {
    node.mustLive();
    producer.startOver();
  }

  @Override
  public void close() {
    if (network.isAway()) {
      producer.startOver();
    } else {
      producer.flush();
    }
  }
}
