package io.skald.simulation;

import io.skald.machine.BlockState;
import io.skald.machine.SagaMachine;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.InputSource;
import io.skald.orchestrator.lane.Journal;
import io.skald.orchestrator.lane.MessageWriter;
import io.skald.orchestrator.lane.RecordReader;
import io.skald.participant.FenceStore;
import io.skald.participant.RecordSender;
import io.skald.saga.message.SagaId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The parts that keep the laws, with some of the mechanisms taken out. One for each run. */
final class Broken extends Mechanisms {

  private final Set<Mechanism> missing;
  private final Map<InputPartition, Long> polled = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  Broken(Set<Mechanism> missing) {
    this.missing = missing.isEmpty() ? EnumSet.noneOf(Mechanism.class) : EnumSet.copyOf(missing);
  }

  @Override
  FenceStore fence(ParticipantStore store, ParticipantGroup group) {
    return new BrokenFence(store, world().timeline(), group.mail(), missing);
  }

  @Override
  RecordSender sender(RecordSender sender) {
    return missing.contains(Mechanism.REPEATS_ANSWERED)
        ? new BrokenSender(sender, answered)
        : sender;
  }

  @Override
  boolean awaitsReplies() {
    return !missing.contains(Mechanism.REPLIES_AWAITED);
  }

  @Override
  Journal journal(OrchestratorStore store) {
    Journal journal = super.journal(store);
    if (missing.contains(Mechanism.SINGLE_WRITER)) {
      journal = new UnfencedJournal(journal, store.journal(), true);
    } else if (missing.contains(Mechanism.EPOCH)) {
      journal = new UnfencedJournal(journal, store.journal(), false);
    }
    return new BrokenJournal(journal, missing, polled, world().shards(), this::waits);
  }

  /** Whether a saga's story stands still somewhere. */
  private boolean waits(SagaId saga) {
    return world().store().journal().saga(saga).stream()
        .flatMap(state -> state.core().blocks().stream())
        .anyMatch(BlockState.Waiting.class::isInstance);
  }

  @Override
  SagaMachine machine() {
    return new BrokenMachine(missing, saga -> world().store().journal().saga(saga).isPresent());
  }

  @Override
  RecordReader reader(Definitions definitions) {
    return new BrokenReader(super.reader(definitions), world().store().journal(), missing);
  }

  @Override
  MessageWriter writer() {
    boolean broken =
        missing.contains(Mechanism.UNKNOWN_COMPENSATED)
            || missing.contains(Mechanism.ITEM_IN_KEY)
            || missing.contains(Mechanism.CHILD_RELEASED)
            || missing.contains(Mechanism.FORWARDED);
    return broken ? new BrokenWriter(super.writer(), world().network(), missing) : super.writer();
  }

  @Override
  InputSource source(InputSource source) {
    return missing.contains(Mechanism.OFFSETS_IN_TRANSACTION)
        ? new HastySource(source, polled)
        : source;
  }
}
