package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Of the sagas of an exclusive definition and key one is under way at a time, from its beginning to
 * its end as the journal of their shard has them; they come to their turns in the order of their
 * starts; and nobody waits behind nobody.
 */
final class ExclusiveRule implements Rule {

  private record Line(int shard, Optional<String> definition, Optional<String> key) {}

  private record Fact(long seq, SagaId saga, JournalEntry entry) {}

  @Override
  public String name() {
    return "one at a time";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    Map<Line, List<Fact>> lines = new LinkedHashMap<>();
    for (SagaHistory saga : evidence.history().sagas()) {
      if (saga.isExclusive()) {
        for (JournalRow row : saga.journal()) {
          List<Fact> facts =
              lines.computeIfAbsent(
                  new Line(row.shard(), saga.definition(), saga.key()), none -> new ArrayList<>());
          row.transition().entries().forEach(e -> facts.add(new Fact(row.seq(), saga.id(), e)));
        }
      }
    }
    lines.values().forEach(facts -> new Walk(findings).walk(facts));
  }

  /** Goes through what happened in one line, in the order in which it was journaled. */
  private static final class Walk {

    private final Findings findings;

    /** Those who wait for their turn, in the order of their starts. */
    private final Set<SagaId> waiting = new LinkedHashSet<>();

    private Optional<SagaId> underWay = Optional.empty();

    Walk(Findings findings) {
      this.findings = findings;
    }

    void walk(List<Fact> facts) {
      facts.sort(Comparator.comparingLong(Fact::seq));
      for (int i = 0; i < facts.size(); i++) {
        follow(facts.get(i), isQueued(facts, i));
      }
      if (underWay.isEmpty() && !waiting.isEmpty()) {
        findings.add(
            "L8",
            waiting.iterator().next(),
            "Expected the first of those who wait to have its turn, for nobody is under way");
      }
    }

    private void follow(Fact fact, boolean queued) {
      switch (fact.entry()) {
        case SagaStarted started when queued -> waiting.add(fact.saga());
        case SagaStarted started -> started(fact.saga());
        case SagaTurnCame came -> turnCame(fact.saga());
        case SagaCompleted ended -> ended(fact.saga());
        case SagaCompensated ended -> ended(fact.saga());
        case SagaAborted ended -> ended(fact.saga());
        default -> {}
      }
    }

    private static boolean isQueued(List<Fact> facts, int at) {
      return at + 1 < facts.size()
          && facts.get(at + 1).seq() == facts.get(at).seq()
          && facts.get(at + 1).entry() instanceof SagaQueued;
    }

    private void started(SagaId saga) {
      if (!waiting.isEmpty()) {
        findings.add(
            "exclusive",
            saga,
            "Expected a saga that starts to wait behind "
                + waiting.iterator().next()
                + ", which was started before it");
      }
      begin(saga);
    }

    private void turnCame(SagaId saga) {
      if (!waiting.isEmpty() && !waiting.iterator().next().equals(saga)) {
        findings.add(
            "exclusive",
            saga,
            "Expected saga " + waiting.iterator().next() + " to have its turn before it");
      }
      waiting.remove(saga);
      begin(saga);
    }

    private void begin(SagaId saga) {
      underWay.ifPresent(
          other ->
              findings.add(
                  "exclusive",
                  saga,
                  "Expected one saga of a key to be under way at a time, but it began while "
                      + other
                      + " was"));
      underWay = Optional.of(saga);
    }

    private void ended(SagaId saga) {
      waiting.remove(saga);
      if (underWay.filter(saga::equals).isPresent()) {
        underWay = Optional.empty();
      }
    }
  }
}
