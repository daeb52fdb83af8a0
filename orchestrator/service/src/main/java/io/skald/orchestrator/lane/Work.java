package io.skald.orchestrator.lane;

import io.skald.machine.Decision;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one turn of a lane has gathered so far. Nothing of it is true before it is committed; thrown
 * away, it has never been.
 */
final class Work {

  /** A decision, and who may be waiting for it. */
  record Decided(SagaId saga, String cause, Answer answer) {}

  private final Map<SagaId, SagaState> loaded = new HashMap<>();
  private final Map<SagaId, SagaWrite> sagas = new LinkedHashMap<>();
  private final List<JournalWrite> journal = new ArrayList<>();
  private final List<Decided> decided = new ArrayList<>();
  private final List<OutgoingMessage> sideMessages = new ArrayList<>();
  private final Map<Integer, Long> journalSeqs = new HashMap<>();
  private final Map<Integer, Map<InputPartition, Long>> offsets = new HashMap<>();
  private final SortedMap<Integer, OwnedShard> touched = new TreeMap<>();
  private int inputs;

  /** Made when it is needed: most turns have to do with no exclusive saga. */
  private @Nullable Lines lines;

  /** The state of a saga that this turn has moved or loaded; empty when it has done neither. */
  Optional<SagaState> stateOf(SagaId saga) {
    SagaWrite moved = sagas.get(saga);
    return moved != null ? Optional.of(moved.state()) : Optional.ofNullable(loaded.get(saga));
  }

  /**
   * Takes a state that was read for this turn. It may belong to a shard of another owner, so it
   * must not outlive the turn.
   */
  void loaded(SagaState state) {
    loaded.put(state.core().id(), state);
  }

  void read(OwnedShard shard, Envelope record) {
    touched.put(shard.id, shard);
    offsets
        .computeIfAbsent(shard.id, id -> new HashMap<>())
        .merge(record.from(), record.offset() + 1, Math::max);
    inputs++;
  }

  void decide(OwnedShard shard, boolean isNew, String cause, Decision decision) {
    Optional<Transition> transition = decision.transition();
    if (transition.isPresent()) {
      SagaState state = decision.state().orElseThrow();
      SagaId id = state.core().id();
      SagaWrite former = sagas.get(id);
      boolean insert = former == null ? isNew : former.isNew();
      sagas.put(id, new SagaWrite(shard.id, state, insert));
      long seq = journalSeqs.merge(shard.id, shard.journalSeq + 1, (now, first) -> now + 1);
      journal.add(new JournalWrite(shard.id, seq, transition.get()));
      touched.put(shard.id, shard);
      if (state.core().isExclusive()) {
        lines().moved(shard.id, state);
      }
    }
    decision
        .state()
        .ifPresent(
            state ->
                decided.add(
                    new Decided(
                        state.core().id(),
                        cause,
                        new Answer(decision.verdict(), decision.state()))));
  }

  /** An input about a saga that there is not: nothing happens, but its sender gets an answer. */
  void refuse(SagaId saga, String cause, Verdict verdict) {
    decided.add(new Decided(saga, cause, new Answer(verdict, Optional.empty())));
  }

  /** Who stands in which line, this turn's own decisions included. */
  Lines lines() {
    if (lines == null) {
      lines = new Lines();
    }
    return lines;
  }

  /** The lines in which this turn has ended a saga so far. */
  List<Lines.Left> leftLines() {
    return lines == null ? List.of() : lines.left();
  }

  /** A dead letter or a forwarded record: it is in Kafka before the offset behind it moves. */
  void alongside(OutgoingMessage message) {
    sideMessages.add(message);
  }

  /** Lets a shard's row be written although nothing happened in it. */
  void touch(OwnedShard shard) {
    touched.put(shard.id, shard);
  }

  boolean isEmpty() {
    return touched.isEmpty();
  }

  int inputs() {
    return inputs;
  }

  List<OutgoingMessage> sideMessages() {
    return sideMessages;
  }

  List<Decided> decided() {
    return decided;
  }

  Collection<SagaWrite> sagas() {
    return sagas.values();
  }

  List<JournalWrite> journal() {
    return journal;
  }

  /** The shards that this turn writes. */
  Collection<OwnedShard> shards() {
    return touched.values();
  }

  Batch batch() {
    List<ShardWrite> shards = new ArrayList<>();
    for (OwnedShard shard : touched.values()) {
      Map<InputPartition, Long> all = new HashMap<>(shard.offsets);
      all.putAll(offsets.getOrDefault(shard.id, Map.of()));
      shards.add(
          new ShardWrite(
              shard.id,
              shard.epoch,
              journalSeqs.getOrDefault(shard.id, shard.journalSeq),
              shard.notedWatermark,
              all));
    }
    return new Batch(shards, List.copyOf(sagas.values()), journal);
  }
}
