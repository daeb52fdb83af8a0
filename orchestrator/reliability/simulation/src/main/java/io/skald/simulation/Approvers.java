package io.skald.simulation;

import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import io.skald.simulation.Messages.Approved;
import io.skald.simulation.Messages.Trip;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Those who send the signals that sagas await: before they are awaited, in time or too late, one of
 * them twice, another one besides, or never.
 */
final class Approvers {

  private final World world;
  private final Chance chance;
  private int signals;

  Approvers(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** Plans what a saga is told that is to start then. */
  void plan(String definition, SagaId saga, String key, long startAt) {
    for (StepName await : awaited(definition)) {
      if (!chance.oneIn(6)) {
        long at = startAt + chance.spread(Duration.ofMillis(1), Duration.ofMinutes(3));
        String id = nextId();
        send(at, id, saga, key, await);
        if (chance.oneIn(4)) {
          send(soonAfter(at), id, saga, key, await);
        }
        if (chance.oneIn(6)) {
          send(soonAfter(at), nextId(), saga, key, await);
        }
      }
    }
  }

  /** Tells a saga now what it has waited for in vain. */
  void approve(SagaId saga, String key, StepName await) {
    send(nextId(), saga, key, await, new Approved("hindsight"));
  }

  private long soonAfter(long at) {
    return at + chance.spread(Duration.ofMillis(1), Duration.ofSeconds(20));
  }

  private String nextId() {
    return "signal-" + ++signals;
  }

  private void send(long at, String id, SagaId saga, String key, StepName await) {
    Approved approved = new Approved("someone " + chance.below(100));
    world.timeline().at(at, () -> send(id, saga, key, await, approved));
  }

  private void send(String id, SagaId saga, String key, StepName await, Approved approved) {
    Map<String, String> headers = world.requests().headers("SignalSaga", key, saga);
    headers.put(WireHeaders.ID, id);
    Requests.putStep(headers, await);
    world.requests().send(key, headers, approved);
  }

  /** By any version of the definition: which one a saga will have is not known yet. */
  private Collection<StepName> awaited(String definition) {
    Set<StepName> names = new LinkedHashSet<>();
    for (SagaDefinition<Trip> version : world.stories().everyVersion()) {
      if (version.name().equals(definition)) {
        collect(version.story(), Optional.empty(), names);
      }
    }
    return names;
  }

  private static void collect(
      Part<?> part, Optional<Part.ForEach<?, ?>> around, Set<StepName> names) {
    if (part instanceof Part.Await<?> await) {
      if (around.isEmpty()) {
        names.add(await.name());
      } else {
        Messages.EVERY_LEG.forEach(leg -> names.add(await.name().of(leg.name())));
      }
    }
    Optional<Part.ForEach<?, ?>> inside =
        part instanceof Part.ForEach<?, ?> forEach ? Optional.of(forEach) : around;
    part.inside().forEach(inner -> collect(inner, inside, names));
  }
}
