package io.skald.simulation;

import io.skald.checker.Violation;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.machine.Problem;
import io.skald.orchestrator.lane.Journal.Unpublished;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.simulation.Messages.Trip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * No attempt times out before its timeout has passed since its command arrived in Kafka (law L9).
 * Says nothing of runs whose clocks are wrong.
 */
final class Promptness {

  private record Attempt(SagaId saga, StepName step, Phase phase, int number) {}

  private final World world;
  private final Map<Attempt, String> issued = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  Promptness(World world) {
    this.world = world;
  }

  List<Violation> violations() {
    if (world.faults().has(Fault.CLOCK_JUMPED) || world.faults().has(Fault.CLOCKS_APART)) {
      return List.of();
    }
    for (int shard = 0; shard < world.shards().count(); shard++) {
      for (Unpublished row : world.store().journal().above(shard, 0)) {
        look(shard, row);
      }
    }
    return violations;
  }

  private void look(int shard, Unpublished row) {
    List<JournalEntry> entries = row.transition().entries();
    for (int i = 0; i < entries.size(); i++) {
      SagaId saga = row.transition().saga();
      if (entries.get(i) instanceof CommandIssued command) {
        issued.put(
            new Attempt(saga, command.step(), command.phase(), command.attempts().number()),
            saga + "-" + row.transition().seq() + "-" + i);
      } else if (entries.get(i) instanceof AttemptTimedOut late) {
        check(shard, row, new Attempt(saga, late.step(), late.phase(), late.attempt()));
      } else if (entries.get(i) instanceof StepGivenUp givenUp
          && givenUp.problem().code().equals(Problem.TIMEOUT)) {
        check(shard, row, new Attempt(saga, givenUp.step(), givenUp.phase(), givenUp.attempt()));
      }
    }
  }

  private void check(int shard, Unpublished row, Attempt attempt) {
    String id = issued.getOrDefault(attempt, "");
    Network.Arrival arrival = world.network().arrivals().get(id);
    OrchestratorStore.Commit commit =
        world.store().commits().get(new OrchestratorStore.Row(shard, row.seq()));
    if (commit == null || world.network().isLost(id)) {
      return;
    }
    if (arrival == null) {
      add(attempt, "no timeout before command " + id + " has arrived, but it had not");
      return;
    }
    Duration passed = Duration.ofNanos((commit.at() - arrival.at()) * 1_000);
    Duration timeout = timeoutOf(row, attempt);
    Duration half = timeout.dividedBy(2);
    Duration late = world.settings().latePublication();
    Duration least = half.compareTo(late) < 0 ? timeout.minus(half) : timeout.minus(late);
    if (passed.compareTo(least) < 0) {
      add(attempt, "at least " + least + " from the arrival of " + id + ", but found " + passed);
    }
  }

  private Duration timeoutOf(Unpublished row, Attempt attempt) {
    StepDefinition<Trip> step =
        world.stories().everyVersion().stream()
            .filter(definition -> isOf(definition, row))
            .flatMap(definition -> definition.step(attempt.step()).stream())
            .findFirst()
            .orElseThrow();
    return attempt.phase() == Phase.ACTION
        ? step.timeout()
        : step.compensation().orElseThrow().timeout();
  }

  private static boolean isOf(SagaDefinition<Trip> definition, Unpublished row) {
    return definition.name().equals(row.saga().definition())
        && definition.version() == row.saga().version();
  }

  private void add(Attempt attempt, String sentence) {
    String what =
        "Attempt " + attempt.number() + " of " + attempt.step() + "/" + attempt.phase().wireName();
    violations.add(
        new Violation(
            "L9",
            "promptness",
            Optional.of(attempt.saga()),
            what + " timed out: expected " + sentence,
            ""));
  }
}
