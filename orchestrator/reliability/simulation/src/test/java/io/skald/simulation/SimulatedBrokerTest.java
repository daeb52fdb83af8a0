package io.skald.simulation;

import io.skald.orchestrator.lane.BrokerContract;
import io.skald.orchestrator.lane.InputSource;
import io.skald.orchestrator.lane.MessageSink;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** The simulated Kafka behaves as the real one does, else the simulation proves nothing. */
class SimulatedBrokerTest extends BrokerContract {

  private final World world =
      LongStream.iterate(1, seed -> seed + 1)
          .mapToObj(seed -> new World(seed, Scale.FAULTLESS, new Mechanisms()))
          .filter(drawn -> drawn.shards().count() == SHARDS)
          .findFirst()
          .orElseThrow();

  @Override
  protected void create(String topic, int partitions) {
    world.network().broker().create(topic, partitions);
  }

  @Override
  protected InputSource source(String topic, int partitions, int maxRecords) {
    return new LaneSource(world, List.of(topic), maxRecords, () -> {}, () -> {});
  }

  @Override
  protected MessageSink sink() {
    OrchestratorNode node = world.orchestrators().nodes().getFirst();
    return new LaneSink(world, new Producer(world, Runnable::run), node);
  }

  @Override
  protected void pass() {
    world.timeline().runUntil(world.timeline().now() + Timeline.micros(Duration.ofMillis(100)));
  }
}
