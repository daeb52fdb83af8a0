package io.skald.simulation;

import io.skald.checker.ClientStart;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Journal.StoredSaga;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import io.skald.simulation.Messages.Trip;
import io.skald.simulation.Messages.TripRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Those who start sagas, by event or by request. */
final class Clients {

  /** How long a client waits for an answer before it asks again. */
  private static final long PATIENCE = Timeline.micros(Duration.ofSeconds(5));

  private static final long MOST_PATIENCE = Timeline.micros(Duration.ofHours(1));

  private final World world;
  private final Chance chance;
  private final List<String> keys = new ArrayList<>();
  private final Map<SagaId, ClientStart> starts = new LinkedHashMap<>();
  private final Map<String, SagaId> unanswered = new HashMap<>();

  Clients(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** Starts sagas at times of their own. */
  void begin() {
    long within = Timeline.micros(world.settings().trouble()) * 7 / 10;
    for (int i = 1; i <= world.settings().sagas(); i++) {
      String key = "T-" + i;
      keys.add(key);
      SagaDefinition<Trip> definition = chance.pick(world.stories().all());
      long amount = chance.between(1, 1_000);
      boolean byEvent = !definition.startEvents().isEmpty() && !chance.oneIn(4);
      long at = chance.random().nextLong(within);
      if (byEvent) {
        world.stories().all().stream()
            .filter(each -> !each.startEvents().isEmpty())
            .forEach(each -> world.approvers().plan(each.name(), key, at));
      } else {
        world.approvers().plan(definition.name(), key, at);
      }
      world
          .timeline()
          .at(
              at,
              () -> {
                if (byEvent) {
                  announce(key, amount);
                } else {
                  request(definition, key, amount);
                }
              });
    }
  }

  /** An event starts a saga of each definition that waits for it. */
  private void announce(String key, long amount) {
    world
        .network()
        .whenBack(
            () -> {
              world.network().append(event(key, amount));
              for (SagaDefinition<Trip> definition : world.stories().all()) {
                if (!definition.startEvents().isEmpty()) {
                  acknowledge(definition.name(), key);
                }
              }
            });
  }

  private void acknowledge(String definition, String key) {
    SagaId saga = SagaId.forKey(definition, key);
    starts.put(saga, new ClientStart(definition, key, Optional.of(saga)));
  }

  private OutgoingMessage event(String key, long amount) {
    OptionalInt partition = OptionalInt.empty();
    if (world.faults().strikes(Fault.PARTITIONER_OF_ANOTHER_CLIENT)) {
      partition =
          OptionalInt.of(
              chance.below(world.network().broker().partitionsOf(RandomStory.REQUESTS.name())));
    }
    return new OutgoingMessage(
        RandomStory.REQUESTS.name(),
        partition,
        key,
        world.requests().headers("TripRequested", key),
        Requests.bytes(new TripRequested(key, amount)));
  }

  private void request(SagaDefinition<Trip> definition, String key, long amount) {
    SagaId saga = SagaId.forKey(definition.name(), key);
    starts.put(saga, new ClientStart(definition.name(), key, Optional.empty()));
    ask(definition, saga, key, amount, PATIENCE);
  }

  private void ask(
      SagaDefinition<Trip> definition, SagaId saga, String key, long amount, long patience) {
    Map<String, String> headers = world.requests().headers("StartSaga", key, saga);
    headers.put(WireHeaders.DEFINITION, definition.name());
    unanswered.put(headers.getOrDefault(WireHeaders.ID, ""), saga);
    world.requests().send(key, headers, new Trip(key, amount, List.of()));
    world
        .timeline()
        .after(
            patience,
            () -> {
              if (unanswered.containsValue(saga)) {
                ask(definition, saga, key, amount, Math.min(MOST_PATIENCE, 2 * patience));
              }
            });
  }

  /** What a lane has told to whoever waits for the answer; durable by then. */
  void answered(SagaId saga, String cause, Answer answer) {
    if (saga.equals(unanswered.get(cause)) && !(answer.verdict() instanceof Verdict.Refused)) {
      unanswered.values().removeIf(saga::equals);
      ClientStart start = starts.get(saga);
      if (start != null) {
        acknowledge(start.definition(), start.key());
      }
    }
  }

  /** The same saga once more, sometimes with other data. */
  void startAgain() {
    List<SagaId> known = List.copyOf(starts.keySet());
    if (known.isEmpty()) {
      return;
    }
    ClientStart start = starts.get(chance.pick(known));
    if (start == null) {
      return;
    }
    world.stories().all().stream()
        .filter(definition -> definition.name().equals(start.definition()))
        .forEach(
            definition ->
                ask(
                    definition,
                    SagaId.forKey(start.definition(), start.key()),
                    start.key(),
                    chance.between(1, 1_000),
                    PATIENCE));
  }

  // --- what is known of it

  List<ClientStart> starts() {
    return List.copyOf(starts.values());
  }

  /** Whether every saga has been begun, and has ended. */
  boolean areServed() {
    return starts.size() >= keys.size() && unanswered.isEmpty() && unfinished().isEmpty();
  }

  /** A saga that was asked for and has not ended, or one of its children that goes on. */
  Optional<SagaId> unfinished() {
    for (SagaId saga : starts.keySet()) {
      if (world
          .store()
          .journal()
          .saga(saga)
          .filter(SagaState.Terminal.class::isInstance)
          .isEmpty()) {
        return Optional.of(saga);
      }
    }
    return world.store().journal().sagas().stream()
        .map(StoredSaga::state)
        .filter(state -> state.status().isActive() || state instanceof SagaState.Parked)
        .map(state -> state.core().id())
        .min(Comparator.comparing(SagaId::value));
  }
}
