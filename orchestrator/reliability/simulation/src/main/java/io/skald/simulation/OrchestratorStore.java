package io.skald.simulation;

import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.InMemoryJournal;
import io.skald.orchestrator.lane.Journal;
import io.skald.orchestrator.lane.Journal.Claim;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The orchestrators' database, and when each journal row was committed. */
final class OrchestratorStore {

  /** Where a journal row stands. */
  record Row(int shard, long seq) {}

  /**
   * @param tick its place among all commits and sends of the run
   * @param at the true time, in microseconds since the run began
   */
  record Commit(long tick, long at) {}

  private final InMemoryJournal journal;
  private final Timeline timeline;
  private final Trace trace;
  private final Map<Row, Commit> commits = new HashMap<>();
  private final int shards;
  private int outages;

  OrchestratorStore(Timeline timeline, Trace trace, int shards) {
    this.timeline = timeline;
    this.trace = trace;
    this.shards = shards;
    this.journal = new InMemoryJournal(shards);
  }

  InMemoryJournal journal() {
    return journal;
  }

  /** The journal as everybody is to write it, so that it is noted when. */
  Journal noting() {
    return new ForwardingJournal(journal) {
      @Override
      public Set<Integer> commit(Batch batch) {
        Set<Integer> lost = super.commit(batch);
        if (lost.isEmpty()) {
          committed(batch);
        }
        return lost;
      }
    };
  }

  private void committed(Batch batch) {
    Commit commit = new Commit(timeline.tick(), timeline.now());
    for (Batch.JournalWrite write : batch.journal()) {
      commits.putIfAbsent(new Row(write.shard(), write.seq()), commit);
      trace.add(write.shard() * 1_000_003L + write.seq());
      trace.add(write.transition().cause());
    }
  }

  Map<Row, Commit> commits() {
    return commits;
  }

  /** Whether every shard's row says that all of its journal is in Kafka. */
  boolean isAllPublished() {
    for (int shard = 0; shard < shards; shard++) {
      Claim row = journal.row(shard);
      if (row.publishedSeq() < row.journalSeq()) {
        return false;
      }
    }
    return true;
  }

  boolean isAway() {
    return outages > 0;
  }

  void goAway() {
    outages++;
  }

  void comeBack() {
    outages--;
  }
}
