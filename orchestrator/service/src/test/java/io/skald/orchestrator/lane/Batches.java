package io.skald.orchestrator.lane;

import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.orchestrator.lane.Journal.Claim;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The batches of one shard's owner, one after the other: each writes what is new of its sagas. */
public final class Batches {

  private final Claim claim;
  private final Map<SagaId, Integer> written = new HashMap<>();
  private long journalSeq;

  public Batches(Claim claim) {
    this.claim = claim;
    this.journalSeq = claim.journalSeq();
  }

  /** Sagas that have no row yet, with all of their transitions. */
  public Batch begin(List<Drive> sagas) {
    return write(sagas, true);
  }

  /** Sagas that have a row, with their transitions since. */
  public Batch move(List<Drive> sagas) {
    return write(sagas, false);
  }

  public int shard() {
    return claim.shard();
  }

  public long journalSeq() {
    return journalSeq;
  }

  private Batch write(List<Drive> sagas, boolean isNew) {
    List<SagaWrite> states = new ArrayList<>();
    List<JournalWrite> rows = new ArrayList<>();
    for (Drive saga : sagas) {
      List<Transition> all = saga.transitions();
      for (Transition transition : all.subList(written.getOrDefault(saga.id(), 0), all.size())) {
        rows.add(new JournalWrite(claim.shard(), ++journalSeq, transition));
      }
      written.put(saga.id(), all.size());
      states.add(new SagaWrite(claim.shard(), saga.state(), isNew));
    }
    return new Batch(
        List.of(new ShardWrite(claim.shard(), claim.epoch(), journalSeq, 0, Map.of())),
        states,
        rows);
  }
}
