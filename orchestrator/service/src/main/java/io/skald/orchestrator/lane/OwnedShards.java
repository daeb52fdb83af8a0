package io.skald.orchestrator.lane;

import io.skald.machine.Input;
import io.skald.orchestrator.lane.MessageSink.SinkException;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.crash.CrashPoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The shards that a lane owns: taken from what is committed, and let go with what is known of their
 * publication. Used by that lane's thread, but for {@link #ids}.
 */
final class OwnedShards {

  private final LaneContext context;
  private final InputSource source;
  private final MessageSink sink;
  private final BiConsumer<SagaId, Input> onInternalInput;
  private final TreeMap<Integer, OwnedShard> owned = new TreeMap<>();
  private volatile Set<Integer> ids = Set.of();

  /**
   * @param onInternalInput takes inputs that come of owning a shard; called from any thread
   */
  OwnedShards(
      LaneContext context,
      InputSource source,
      MessageSink sink,
      BiConsumer<SagaId, Input> onInternalInput) {
    this.context = context;
    this.source = source;
    this.sink = sink;
    this.onInternalInput = onInternalInput;
  }

  /** May be called from any thread. */
  Set<Integer> ids() {
    return ids;
  }

  boolean isEmpty() {
    return owned.isEmpty();
  }

  Optional<OwnedShard> get(int shard) {
    return Optional.ofNullable(owned.get(shard));
  }

  Collection<OwnedShard> all() {
    return owned.values();
  }

  /** The shard that a partition belongs to; empty when it is not owned. */
  Optional<OwnedShard> reading(InputPartition partition) {
    return get(context.shards().ofPartition(partition.partition()));
  }

  /** Takes a shard, whoever had it. */
  void claim(int shard) {
    CrashPoint.LANE_BEFORE_CLAIM.reached();
    take(context.journal().claim(shard, context.settings().node()));
  }

  /**
   * Takes a shard again from what is committed.
   *
   * @return false when another owner has taken it; then it is no longer owned here
   */
  boolean reclaim(OwnedShard shard) {
    Optional<Journal.Claim> claim =
        context.journal().reclaim(shard.id, shard.epoch, context.settings().node());
    if (claim.isEmpty()) {
      forget(shard.id);
      return false;
    }
    take(claim.get());
    return true;
  }

  /** Says in the database how far the shard is published, so that its next owner sends less. */
  void saveWatermark(OwnedShard shard) {
    if (shard.publishedSeq < shard.notedWatermark) {
      Work work = new Work();
      work.touch(shard);
      CrashPoint.LANE_BEFORE_WATERMARK.reached();
      context.journal().commit(work.batch());
      CrashPoint.LANE_AFTER_WATERMARK.reached();
    }
  }

  void forget(int shard) {
    owned.remove(shard);
    source.assign(owned.keySet(), Set.of(), Map.of());
    ids = Set.copyOf(owned.keySet());
  }

  /** How far each shard is published at this moment. */
  Map<Integer, Long> watermarks() {
    Map<Integer, Long> watermarks = new HashMap<>();
    owned.forEach((id, shard) -> watermarks.put(id, shard.publication.watermark()));
    return watermarks;
  }

  /** Takes note of watermarks up to which everything that came late has been taken up. */
  void note(Map<Integer, Long> watermarks) {
    watermarks.forEach(
        (id, watermark) -> get(id).ifPresent(shard -> shard.notedWatermark = watermark));
  }

  /** The shards with something that was decided long ago and has not arrived. */
  Set<Integer> behind() {
    return owned.values().stream()
        .filter(shard -> shard.publication.isBehind())
        .map(shard -> shard.id)
        .collect(Collectors.toSet());
  }

  /** How many messages of all shards Kafka has not acknowledged. */
  int unacknowledged() {
    return owned.values().stream().mapToInt(shard -> shard.publication.unacknowledged()).sum();
  }

  /** Why a message was given up, if one was. */
  Optional<Exception> publicationFailure() {
    return owned.values().stream()
        .flatMap(shard -> shard.publication.failure().stream())
        .findFirst();
  }

  private void take(Journal.Claim claim) {
    CrashPoint.LANE_AFTER_CLAIM.reached();
    Publication publication =
        new Publication(
            claim.publishedSeq(),
            sink,
            context.clock(),
            context.settings().latePublication(),
            onInternalInput);
    OwnedShard shard = new OwnedShard(claim, publication, context.clock().instant());
    owned.put(shard.id, shard);
    publishAgain(shard);
    CrashPoint.LANE_AFTER_REPUBLISH.reached();
    resumeWhatWasMissing(shard);
    source.assign(owned.keySet(), Set.of(shard.id), claim.offsets());
    ids = Set.copyOf(owned.keySet());
  }

  /** What lies above the watermark may never have left. */
  private void publishAgain(OwnedShard shard) {
    for (Journal.Unpublished row : context.journal().above(shard.id, shard.publishedSeq)) {
      shard.publication.publish(
          row.seq(),
          row.transition(),
          context.writer().messagesOf(row.saga(), shard.id, row.transition()));
      if (shard.publication.failure().isPresent()) {
        throw new SinkException(
            "Expected Kafka to take what may not have left", shard.publication.failure().get());
      }
    }
  }

  /** Sagas that wait for a definition go on when it is deployed again (law L10). */
  private void resumeWhatWasMissing(OwnedShard shard) {
    List<String> deployed =
        context.definitions().all().stream().map(d -> d.name() + " v" + d.version()).toList();
    for (SagaId saga : context.journal().parkedForDefinition(shard.id, deployed)) {
      onInternalInput.accept(
          saga, new Input.ResumeRequested("deploy", "skald", "The definition is deployed again"));
    }
  }
}
