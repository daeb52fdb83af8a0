package io.skald.simulation;

import io.skald.orchestrator.lane.Batch;
import io.skald.orchestrator.lane.Batch.JournalWrite;
import io.skald.orchestrator.lane.Batch.SagaWrite;
import io.skald.orchestrator.lane.Batch.ShardWrite;
import io.skald.orchestrator.lane.InMemoryJournal;
import io.skald.orchestrator.lane.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A journal that lets everybody write, whoever owns the shard. */
final class UnfencedJournal extends ForwardingJournal {

  private final InMemoryJournal rows;
  private final boolean renumbers;

  /**
   * @param renumbers whether the tables' keys let two writers pass as well
   */
  UnfencedJournal(Journal journal, InMemoryJournal rows, boolean renumbers) {
    super(journal);
    this.rows = rows;
    this.renumbers = renumbers;
  }

  @Override
  public Optional<Claim> reclaim(int shard, long epoch, String owner) {
    return Optional.of(claim(shard, owner));
  }

  @Override
  public Set<Integer> commit(Batch batch) {
    Map<Integer, Long> seqs = new HashMap<>();
    batch.shards().forEach(shard -> seqs.put(shard.shard(), seqOf(shard.shard())));
    List<JournalWrite> journal = new ArrayList<>();
    for (JournalWrite write : batch.journal()) {
      long seq = renumbers ? seqs.merge(write.shard(), 1L, Long::sum) : write.seq();
      journal.add(new JournalWrite(write.shard(), seq, write.transition()));
    }
    List<ShardWrite> shards = batch.shards().stream().map(w -> unfenced(w, seqs)).toList();
    return super.commit(new Batch(shards, batch.sagas().stream().map(this::any).toList(), journal));
  }

  private long seqOf(int shard) {
    return rows.row(shard).journalSeq();
  }

  private ShardWrite unfenced(ShardWrite write, Map<Integer, Long> seqs) {
    long seq = renumbers ? seqs.getOrDefault(write.shard(), 0L) : write.journalSeq();
    return new ShardWrite(
        write.shard(),
        rows.row(write.shard()).epoch(),
        seq,
        Math.min(seq, write.publishedSeq()),
        write.offsets());
  }

  private SagaWrite any(SagaWrite write) {
    boolean isNew = renumbers ? rows.saga(write.state().core().id()).isEmpty() : write.isNew();
    return new SagaWrite(write.shard(), write.state(), isNew);
  }
}
