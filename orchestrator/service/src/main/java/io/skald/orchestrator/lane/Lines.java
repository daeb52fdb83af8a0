package io.skald.orchestrator.lane;

import io.skald.machine.Contention;
import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Journal.Contender;
import io.skald.orchestrator.lane.Journal.Line;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who stands in which line, as one turn of a lane sees it: what is committed, and on top of it what
 * the turn itself has begun and ended. Of sagas that are not exclusive it knows nothing.
 */
final class Lines {

  /** A line in which a saga has ended, and that saga: the next one's turn follows from its end. */
  record Left(Line line, SagaId by) {}

  private final Map<Line, TreeMap<Long, Contender>> known = new HashMap<>();
  private final Map<Line, Map<SagaId, SagaState>> moved = new HashMap<>();
  private final Map<Line, SagaId> left = new LinkedHashMap<>();

  static Line of(int shard, SagaState state) {
    return new Line(shard, state.core().definition(), state.core().key());
  }

  /** This turn has moved an exclusive saga. */
  void moved(int shard, SagaState state) {
    Line line = of(shard, state);
    moved.computeIfAbsent(line, none -> new LinkedHashMap<>()).put(state.core().id(), state);
    TreeMap<Long, Contender> standing = known.get(line);
    if (standing != null) {
      stand(standing, state);
    }
    if (state instanceof SagaState.Terminal) {
      left.put(line, state.core().id());
    }
  }

  /** Which of these lines have yet to be read. */
  Set<Line> unknownOf(Set<Line> lines) {
    Set<Line> unknown = new HashSet<>(lines);
    unknown.removeAll(known.keySet());
    return unknown;
  }

  /**
   * Takes what is committed.
   *
   * @param asked the lines that were read, also those in which nobody stands
   */
  void learn(Set<Line> asked, Map<Line, List<Contender>> committed) {
    for (Line line : asked) {
      TreeMap<Long, Contender> standing = new TreeMap<>();
      committed.getOrDefault(line, List.of()).forEach(c -> standing.put(c.place(), c));
      moved.getOrDefault(line, Map.of()).values().forEach(state -> stand(standing, state));
      known.put(line, standing);
    }
  }

  private static void stand(TreeMap<Long, Contender> line, SagaState state) {
    long place = state.core().place();
    if (state instanceof SagaState.Terminal) {
      // What ended long ago may move too, and its place be another's now.
      line.values().removeIf(contender -> contender.id().equals(state.core().id()));
    } else {
      boolean queued = state instanceof SagaState.Queued;
      line.put(place, new Contender(state.core().id(), place, queued));
    }
  }

  /** Who is there, for a start; empty when nobody is. The line has been read. */
  Optional<Contention> among(Line line) {
    TreeMap<Long, Contender> standing = standingIn(line);
    if (standing.isEmpty()) {
      return Optional.empty();
    }
    Contender last = standing.lastEntry().getValue();
    SagaId first = underWay(standing).orElse(standing.firstEntry().getValue()).id();
    int waiting = (int) standing.values().stream().filter(Contender::queued).count();
    return Optional.of(new Contention(first, last.id(), last.place(), waiting));
  }

  /** Whose turn it is now, if nobody is under way and somebody waits. The line has been read. */
  Optional<SagaId> next(Line line) {
    TreeMap<Long, Contender> standing = standingIn(line);
    return standing.isEmpty() || underWay(standing).isPresent()
        ? Optional.empty()
        : Optional.of(standing.firstEntry().getValue().id());
  }

  /** The lines in which this turn has ended a saga so far. */
  List<Left> left() {
    List<Left> lines = new ArrayList<>();
    left.forEach((line, by) -> lines.add(new Left(line, by)));
    return lines;
  }

  private TreeMap<Long, Contender> standingIn(Line line) {
    TreeMap<Long, Contender> standing = known.get(line);
    if (standing == null) {
      throw new IllegalStateException("Expected " + line + " to be read before it is asked for");
    }
    return standing;
  }

  private static Optional<Contender> underWay(TreeMap<Long, Contender> standing) {
    return standing.values().stream().filter(contender -> !contender.queued()).findFirst();
  }
}
