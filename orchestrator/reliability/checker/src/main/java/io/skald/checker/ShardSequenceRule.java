package io.skald.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Within a shard the journal counts from 1 without gaps or repeats, and a saga's transitions have
 * the order of their shard (law L1): a shard has one writer.
 */
final class ShardSequenceRule implements Rule {

  @Override
  public String name() {
    return "shard sequence";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    Map<Integer, List<Long>> sequences = new TreeMap<>();
    for (SagaHistory saga : evidence.history().sagas()) {
      order(saga, findings);
      for (JournalRow row : saga.journal()) {
        sequences.computeIfAbsent(row.shard(), shard -> new ArrayList<>()).add(row.seq());
      }
    }
    sequences.forEach((shard, sequence) -> gaps(shard, sequence, findings));
    for (Shard shard : evidence.history().shards()) {
      ends(shard, sequences.getOrDefault(shard.id(), List.of()).size(), findings);
    }
  }

  private static void order(SagaHistory saga, Findings findings) {
    for (int i = 1; i < saga.journal().size(); i++) {
      JournalRow before = saga.journal().get(i - 1);
      JournalRow after = saga.journal().get(i);
      if (before.shard() != after.shard() || before.seq() >= after.seq()) {
        findings.add(
            "L1",
            saga.id(),
            "Expected a saga to stay in its shard and to keep its order, but found "
                + place(before)
                + " before "
                + place(after));
      }
    }
  }

  private static String place(JournalRow row) {
    return "shard " + row.shard() + ", row " + row.seq();
  }

  private static void gaps(int shard, List<Long> sequence, Findings findings) {
    Collections.sort(sequence);
    for (int i = 0; i < sequence.size(); i++) {
      if (sequence.get(i) != i + 1) {
        findings.add(
            "L1",
            "Expected row " + (i + 1) + " of shard " + shard + ", but found " + sequence.get(i));
        return; // All that follow are shifted.
      }
    }
  }

  private static void ends(Shard shard, long rows, Findings findings) {
    if (shard.journalSeq() != rows) {
      findings.add(
          "L1",
          "Expected "
              + shard.journalSeq()
              + " rows of shard "
              + shard.id()
              + ", but found "
              + rows);
    }
    if (shard.publishedSeq() > shard.journalSeq()) {
      findings.add(
          "L1",
          "Expected shard "
              + shard.id()
              + " to have published no more than its "
              + shard.journalSeq()
              + " rows, but found "
              + shard.publishedSeq());
    }
  }
}
