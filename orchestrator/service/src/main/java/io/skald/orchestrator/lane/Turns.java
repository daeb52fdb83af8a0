package io.skald.orchestrator.lane;

import io.skald.machine.Contention;
import io.skald.machine.Input;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Journal.Line;
import io.skald.saga.message.SagaId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a lane that keeps sagas of one key apart where their definition wants it: it tells a
 * start who is there, and gives the next one its turn. Used by one lane's thread.
 */
final class Turns {

  private final LaneContext context;
  private final OwnedShards owned;
  private final Deciding deciding;

  Turns(LaneContext context, OwnedShards owned, Deciding deciding) {
    this.context = context;
    this.owned = owned;
    this.deciding = deciding;
  }

  /** Reads the lines that these starts join, in one query, unless this turn has them already. */
  void readFor(Work work, List<Reading.ForSaga> starts) {
    Set<Line> lines = new HashSet<>();
    for (Reading.ForSaga start : starts) {
      owned
          .get(context.shards().ofKey(start.key()))
          .ifPresent(shard -> lines.add(lineOf(shard.id, start)));
    }
    read(work, lines);
  }

  /** The start with who is there already. */
  Input among(Work work, OwnedShard shard, Reading.ForSaga reading) {
    if (!reading.isExclusiveStart()) {
      return reading.input();
    }
    Line line = lineOf(shard.id, reading);
    read(work, Set.of(line));
    Optional<Contention> others = work.lines().among(line);
    return ((Input.StartRequested) reading.input()).among(others);
  }

  /** The journal of the saga that is there says which start was refused because of it. */
  void note(Work work, Reading.ForSaga refused, Verdict.Excluded excluded) {
    deciding.load(work, Set.of(excluded.by()));
    deciding.decideKnown(
        work,
        excluded.by(),
        new Input.StartExcluded(refused.input().cause(), refused.saga(), excluded.because()));
  }

  /**
   * Where a saga has ended in this turn, the one that has waited longest has its turn: in the same
   * transaction, so that no crash comes in between.
   */
  void giveAll(Work work) {
    List<Lines.Left> left = work.leftLines();
    if (left.isEmpty()) {
      return;
    }
    read(work, left.stream().map(Lines.Left::line).collect(Collectors.toSet()));
    Set<SagaId> next = new HashSet<>();
    left.forEach(each -> work.lines().next(each.line()).ifPresent(next::add));
    deciding.load(work, next);
    left.forEach(each -> give(work, each));
  }

  /** A saga may end in its first moment; then the one behind it is next. */
  private void give(Work work, Lines.Left left) {
    SagaId before = left.by();
    Optional<SagaId> next = work.lines().next(left.line());
    while (next.isPresent()) {
      SagaId saga = next.get();
      deciding.load(work, Set.of(saga));
      Optional<SagaState> after =
          deciding.decideKnown(work, saga, new Input.TurnCame("end-of-" + before));
      if (after.filter(SagaState.Terminal.class::isInstance).isEmpty()) {
        return;
      }
      before = saga;
      next = work.lines().next(left.line());
    }
  }

  private void read(Work work, Set<Line> lines) {
    Set<Line> unknown = work.lines().unknownOf(lines);
    if (!unknown.isEmpty()) {
      work.lines().learn(unknown, context.journal().contenders(unknown));
    }
  }

  private static Line lineOf(int shard, Reading.ForSaga start) {
    return new Line(shard, start.starts().orElseThrow().name(), start.key());
  }
}
