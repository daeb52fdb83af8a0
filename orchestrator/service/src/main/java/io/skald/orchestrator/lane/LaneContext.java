package io.skald.orchestrator.lane;

import io.skald.machine.Moment;
import io.skald.machine.SagaMachine;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What all lanes of a process share: all of it is immutable or safe on every thread.
 *
 * @param clock the time, of which only tests make their own
 * @param random chance, for jitter
 */
public record LaneContext(
    LaneSettings settings,
    ShardMap shards,
    Definitions definitions,
    SagaMachine machine,
    Journal journal,
    RecordReader reader,
    MessageWriter writer,
    LaneListener listener,
    InstantSource clock,
    RandomGenerator random) {

  Moment moment() {
    return new Moment(clock.instant(), random.nextDouble());
  }
}
