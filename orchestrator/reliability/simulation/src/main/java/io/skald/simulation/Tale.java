package io.skald.simulation;

import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.Journal.Unpublished;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened to one saga, in the order in which it did: rows, records, effects and faults. */
final class Tale {

  private record Line(long at, String text) {}

  private static final Comparator<Line> BY_TIME = Comparator.comparingLong(Line::at);

  private Tale() {}

  static List<String> of(World world, SagaId saga) {
    List<Line> lines = new ArrayList<>();
    for (int shard = 0; shard < world.shards().count(); shard++) {
      for (Unpublished row : world.store().journal().above(shard, 0)) {
        if (row.transition().saga().equals(saga)) {
          OrchestratorStore.Commit commit =
              world.store().commits().get(new OrchestratorStore.Row(shard, row.seq()));
          lines.add(
              new Line(
                  commit == null ? 0 : commit.at(),
                  "committed as " + shard + "/" + row.seq() + " " + row.transition()));
        }
      }
    }
    for (Stored record : world.network().broker().everything()) {
      Network.Arrival arrival = world.network().arrivals().get(record.header(WireHeaders.ID));
      if (record.header(WireHeaders.SAGA_ID).equals(saga.toString()) && arrival != null) {
        lines.add(new Line(arrival.at(), "arrived at " + record.at() + ": " + shortly(record)));
      }
    }
    for (ParticipantGroup group : world.participants()) {
      for (ParticipantStore.Done done : group.store().effects()) {
        if (done.saga().equals(saga)) {
          long at = Duration.between(Timeline.START, done.at()).toNanos() / 1_000;
          lines.add(new Line(at, group + " has done " + done.step() + "/" + done.phase()));
        }
      }
    }
    world.faults().chronicle().forEach(s -> lines.add(new Line(s.at(), "! " + s.fault().title())));
    lines.sort(BY_TIME);
    return lines.stream().map(line -> line.at() / 1_000 + " ms: " + line.text()).toList();
  }

  private static String shortly(Stored record) {
    return record.header(WireHeaders.ID)
        + " "
        + record.type()
        + " "
        + record.header(WireHeaders.STEP)
        + "/"
        + record.header(WireHeaders.PHASE)
        + " attempt "
        + record.header(WireHeaders.ATTEMPT)
        + " "
        + record.header(WireHeaders.OUTCOME);
  }
}
