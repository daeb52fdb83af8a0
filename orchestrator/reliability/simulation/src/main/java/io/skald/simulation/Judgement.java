package io.skald.simulation;

import io.skald.checker.Checker;
import io.skald.checker.DefinitionShape;
import io.skald.checker.Effect;
import io.skald.checker.FenceRow;
import io.skald.checker.FenceState;
import io.skald.checker.History;
import io.skald.checker.JournalRow;
import io.skald.checker.SagaHistory;
import io.skald.checker.SentCommand;
import io.skald.checker.Shard;
import io.skald.checker.StoredSaga;
import io.skald.checker.Violation;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.InMemoryJournal;
import io.skald.orchestrator.lane.Journal.Unpublished;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what there is to be seen of a run, and has it judged. */
final class Judgement {

  private final World world;
  private final boolean cutOff;
  private final Map<SagaId, List<JournalRow>> rows = new HashMap<>();

  Judgement(World world, boolean cutOff) {
    this.world = world;
    this.cutOff = cutOff;
  }

  /**
   * What breaks a law.
   *
   * @param reconciled how much more was found that a restored backup has to answer for: a
   *     participant that has forgotten what it did is what the checker is to find, not our fault
   */
  record Verdict(List<Violation> violations, int reconciled) {}

  Verdict verdict() {
    gatherRows();
    List<Violation> found = new ArrayList<>(Checker.check(history()));
    found.addAll(new Outbox(world).violations());
    found.addAll(new Promptness(world).violations());
    found.addAll(new Receipts(world).violations());
    found.addAll(world.thrown());
    if (!cutOff) {
      found.addAll(new EveryRecord(world).violations());
    }
    Set<SagaId> rewound = new HashSet<>();
    world.participants().forEach(group -> rewound.addAll(group.store().rewound()));
    List<Violation> ours = new ArrayList<>(found);
    ours.removeIf(violation -> violation.saga().filter(rewound::contains).isPresent());
    return new Verdict(ours, found.size() - ours.size());
  }

  private void gatherRows() {
    for (int shard = 0; shard < world.shards().count(); shard++) {
      for (Unpublished row : world.store().journal().above(shard, 0)) {
        OrchestratorStore.Commit commit =
            world.store().commits().get(new OrchestratorStore.Row(shard, row.seq()));
        rows.computeIfAbsent(row.transition().saga(), none -> new ArrayList<>())
            .add(
                new JournalRow(
                    shard,
                    row.seq(),
                    row.transition(),
                    commit == null ? OptionalLong.empty() : OptionalLong.of(commit.tick())));
      }
    }
    rows.values()
        .forEach(list -> list.sort(Comparator.comparingLong(row -> row.transition().seq())));
  }

  private History history() {
    History.Builder history = History.builder();
    if (cutOff) {
      history.cutOff();
    }
    List<SagaHistory> sagas = sagas();
    return history
        .definitions(world.stories().everyVersion().stream().map(DefinitionShape::of).toList())
        .sagas(sagas)
        .shards(shards())
        .effects(effects())
        .fences(fences())
        .commands(commands())
        .hops(cutOff ? List.of() : new MessageCounts(world).count(sagas))
        .starts(world.clients().starts())
        .build();
  }

  private List<SagaHistory> sagas() {
    InMemoryJournal journal = world.store().journal();
    Set<SagaId> ids = new TreeSet<>(Comparator.comparing(SagaId::value));
    ids.addAll(rows.keySet());
    journal.sagas().forEach(saga -> ids.add(saga.state().core().id()));
    return ids.stream()
        .map(
            id ->
                new SagaHistory(
                    id, rows.getOrDefault(id, List.of()), journal.saga(id).map(StoredSaga::of)))
        .toList();
  }

  private List<Shard> shards() {
    List<Shard> shards = new ArrayList<>();
    for (int id = 0; id < world.shards().count(); id++) {
      var row = world.store().journal().row(id);
      shards.add(new Shard(id, row.journalSeq(), row.publishedSeq()));
    }
    return shards;
  }

  private List<Effect> effects() {
    List<Effect> effects = new ArrayList<>();
    for (ParticipantGroup group : world.participants()) {
      long order = 0;
      for (ParticipantStore.Done done : group.store().effects()) {
        effects.add(
            new Effect(
                done.saga(),
                group.participant(),
                done.step(),
                Optional.empty(),
                done.phase(),
                ++order,
                done.at()));
      }
    }
    return effects;
  }

  private List<FenceRow> fences() {
    List<FenceRow> fences = new ArrayList<>();
    for (ParticipantGroup group : world.participants()) {
      group
          .store()
          .fences()
          .forEach(
              (key, row) ->
                  fences.add(
                      new FenceRow(
                          key.saga(),
                          group.participant(),
                          key.step(),
                          FenceState.valueOf(row.state().name()))));
    }
    return fences;
  }

  /** Those that arrived, as they were. */
  private List<SentCommand> commands() {
    List<SentCommand> commands = new ArrayList<>();
    for (Stored record : world.network().broker().everything()) {
      String topic = record.at().topic();
      Network.Arrival arrival = world.network().arrivals().get(record.header(WireHeaders.ID));
      if (topic.endsWith("-commands") && !Corruption.made(record) && arrival != null) {
        commands.add(
            new SentCommand(
                SagaId.parse(record.header(WireHeaders.SAGA_ID)).orElseThrow(),
                new StepName(record.header(WireHeaders.STEP), record.header(WireHeaders.ITEM)),
                Phase.ofWireName(record.header(WireHeaders.PHASE)).orElseThrow(),
                Integer.parseInt(record.header(WireHeaders.ATTEMPT)),
                Participant.named(topic.substring(0, topic.length() - "-commands".length())),
                record.header(WireHeaders.IDEMPOTENCY_KEY),
                OptionalLong.of(arrival.tick())));
      }
    }
    return commands;
  }
}
