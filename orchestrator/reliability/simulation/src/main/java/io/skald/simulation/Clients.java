package io.skald.simulation;

import io.skald.checker.ClientStart;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Journal.StoredSaga;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.Exclusive;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import io.skald.simulation.Messages.Trip;
import io.skald.simulation.Messages.TripRequested;
import java.time.Duration;
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

  /** So few keys have the sagas of exclusive definitions. */
  private static final int SHARED_KEYS = 2;

  private final World world;
  private final Chance chance;
  private final Chance keyChance;
  private final Map<SagaId, ClientStart> starts = new LinkedHashMap<>();
  private final Map<String, SagaId> unanswered = new HashMap<>();

  /** Starts by event that may be refused, and their events. */
  private final Map<SagaId, String> refusable = new HashMap<>();

  private int begun;

  Clients(World world, Chance chance, Chance keyChance) {
    this.world = world;
    this.chance = chance;
    this.keyChance = keyChance;
  }

  /** Starts sagas at times of their own. */
  void begin() {
    long within = Timeline.micros(world.settings().trouble()) * 7 / 10;
    for (int i = 1; i <= world.settings().sagas(); i++) {
      SagaDefinition<Trip> definition = chance.pick(world.stories().all());
      long amount = chance.between(1, 1_000);
      boolean byEvent = !definition.startEvents().isEmpty() && !chance.oneIn(4);
      long at = chance.random().nextLong(within);
      List<SagaDefinition<Trip>> started = byEvent ? startedByEvent() : List.of(definition);
      String key = key(i, started);
      String start = "start-" + i;
      started.forEach(
          each -> world.approvers().plan(each.name(), sagaOf(each, key, start), key, at));
      world
          .timeline()
          .at(
              at,
              () -> {
                if (byEvent) {
                  announce(key, start, amount);
                } else {
                  begun++;
                  request(definition, key, start, amount);
                }
              });
    }
  }

  private List<SagaDefinition<Trip>> startedByEvent() {
    return world.stories().all().stream().filter(each -> !each.startEvents().isEmpty()).toList();
  }

  private String key(int number, List<SagaDefinition<Trip>> started) {
    boolean shared = started.stream().anyMatch(each -> each.exclusive().isPresent());
    return shared ? "X-" + keyChance.below(SHARED_KEYS) : "T-" + number;
  }

  /** As the wire contract has it. */
  private static SagaId sagaOf(SagaDefinition<Trip> definition, String key, String start) {
    return definition.exclusive().isPresent()
        ? SagaId.forStart(definition.name(), key, "\n" + start)
        : SagaId.forKey(definition.name(), key);
  }

  /** An event starts a saga of each definition that waits for it. */
  private void announce(String key, String start, long amount) {
    world
        .network()
        .whenBack(
            () -> {
              world.network().append(event(key, start, amount));
              begun++;
              for (SagaDefinition<Trip> definition : startedByEvent()) {
                SagaId saga = sagaOf(definition, key, start);
                if (definition.exclusive().filter(Exclusive.REJECT::equals).isPresent()) {
                  refusable.put(saga, start);
                  starts.put(saga, new ClientStart(definition.name(), key, Optional.empty()));
                } else {
                  acknowledge(definition.name(), key, saga);
                }
              }
            });
  }

  private void acknowledge(String definition, String key, SagaId saga) {
    starts.put(saga, new ClientStart(definition, key, Optional.of(saga)));
  }

  private OutgoingMessage event(String key, String start, long amount) {
    OptionalInt partition = OptionalInt.empty();
    if (world.faults().strikes(Fault.PARTITIONER_OF_ANOTHER_CLIENT)) {
      partition =
          OptionalInt.of(
              chance.below(world.network().broker().partitionsOf(RandomStory.REQUESTS.name())));
    }
    Map<String, String> headers = world.requests().headers("TripRequested", key);
    if (key.startsWith("X-")) {
      headers.put(WireHeaders.ID, start);
    }
    return new OutgoingMessage(
        RandomStory.REQUESTS.name(),
        partition,
        key,
        headers,
        Requests.bytes(new TripRequested(key, amount)));
  }

  private void request(SagaDefinition<Trip> definition, String key, String start, long amount) {
    SagaId saga = sagaOf(definition, key, start);
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
      if (start == null) {
        return;
      }
      if (answer.verdict() instanceof Verdict.Excluded) {
        starts.remove(saga);
      } else {
        acknowledge(start.definition(), start.key(), saga);
      }
    }
  }

  /** The same saga once more, sometimes with other data. */
  void startAgain() {
    List<SagaId> known = List.copyOf(starts.keySet());
    if (known.isEmpty()) {
      return;
    }
    SagaId saga = chance.pick(known);
    ClientStart start = starts.get(saga);
    if (start == null) {
      return;
    }
    world.stories().all().stream()
        .filter(definition -> definition.name().equals(start.definition()))
        .forEach(
            definition -> ask(definition, saga, start.key(), chance.between(1, 1_000), PATIENCE));
  }

  // --- what is known of it

  List<ClientStart> starts() {
    return List.copyOf(starts.values());
  }

  /** Whether every saga has been begun, and has ended. */
  boolean areServed() {
    return begun == world.settings().sagas() && unanswered.isEmpty() && unfinished().isEmpty();
  }

  /** A saga that was asked for and has not ended, or one of its children that goes on. */
  Optional<SagaId> unfinished() {
    for (SagaId saga : starts.keySet()) {
      Optional<SagaState> state = world.store().journal().saga(saga);
      if (state.isEmpty() && !wasRefused(saga)) {
        return Optional.of(saga);
      }
    }
    return world.store().journal().sagas().stream()
        .map(StoredSaga::state)
        .filter(
            state ->
                state.status().isActive()
                    || state instanceof SagaState.Parked
                    || state instanceof SagaState.Queued)
        .map(state -> state.core().id())
        .min(Comparator.comparing(SagaId::value));
  }

  /** Whether the event that asked for it is a dead letter. */
  private boolean wasRefused(SagaId saga) {
    String event = refusable.get(saga);
    return event != null
        && world.network().broker().everything().stream()
            .anyMatch(
                record ->
                    record.at().topic().endsWith("-dlq")
                        && record.header(WireHeaders.ID).equals(event));
  }
}
