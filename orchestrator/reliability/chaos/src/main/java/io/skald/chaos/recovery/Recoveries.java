package io.skald.chaos.recovery;

import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.nemesis.PlannedFault;
import io.skald.chaos.stack.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out from sightings when what a fault had hit moved again: every shard that a hit
 * orchestrator owned when the fault began has a new transition, every hit participant has given a
 * new reply. With orders coming all the time each of them has something to do. A fault that hit
 * nothing which could move, such as the kill of an orchestrator without shards, has no recovery.
 *
 * <p>The clock starts with the fault's end, but with its beginning when an orchestrator stood still
 * for longer than its group waits for it: then others should have its shards before it goes on.
 *
 * <p>Pure but for its memory. Thread-safe.
 */
final class Recoveries {

  /** How far back a fault's beginning may lie. */
  private static final int REMEMBERED = 1_000;

  /** So long others wait for an orchestrator without a sign of life before they take its shards. */
  private static final Duration SESSION = Duration.ofSeconds(6);

  /** After this time a process that was told to stand still does, and its last commit is done. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private final Deque<Sighting> sightings = new ArrayDeque<>();
  private final Set<PlannedFault> active = new HashSet<>();
  private final List<Inflicted> faults = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Recovered> recovered = new ArrayList<>();

  /** A fault is being made. */
  synchronized void begun(PlannedFault fault) {
    active.add(fault);
  }

  /** A fault that had begun did not come about. */
  synchronized void cameToNothing(PlannedFault fault) {
    active.remove(fault);
  }

  /**
   * A fault is over.
   *
   * @param now a moment after which nothing that it has killed can move any more
   */
  synchronized void over(Inflicted inflicted, Instant now) {
    PlannedFault fault = inflicted.fault();
    active.remove(fault);
    faults.add(inflicted);
    boolean first = waiting.stream().noneMatch(one -> meet(one.inflicted, fault));
    Instant since = isTakeover(inflicted) ? inflicted.begin().plus(SETTLED) : now;
    Waiting added = new Waiting(inflicted, since, first, shardsHit(inflicted));
    if (!added.isDone() && !hasMovedAlready(added)) {
      waiting.add(added);
    }
  }

  synchronized void see(Sighting sighting) {
    sightings.addLast(sighting);
    if (sightings.size() > REMEMBERED) {
      sightings.removeFirst();
    }
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting one = each.next();
      if (one.hasMoved(sighting)) {
        recovered.add(recovered(one, sighting.at()));
        each.remove();
      }
    }
  }

  synchronized List<Recovered> recovered() {
    return List.copyOf(recovered);
  }

  /** The faults after which not everything has moved yet. */
  synchronized List<Inflicted> unrecovered() {
    return waiting.stream().map(one -> one.inflicted).toList();
  }

  /** Looks back: what others took over may have moved long before the fault was over. */
  private boolean hasMovedAlready(Waiting added) {
    for (Sighting sighting : sightings) {
      if (added.hasMoved(sighting)) {
        recovered.add(recovered(added, sighting.at()));
        return true;
      }
    }
    return false;
  }

  private Set<Integer> shardsHit(Inflicted inflicted) {
    Set<String> nodes =
        inflicted.fault().hosts().stream()
            .filter(Host::isOrchestrator)
            .map(Host::processName)
            .collect(Collectors.toSet());
    Set<Integer> hit = new TreeSet<>();
    for (Sighting sighting : sightings) {
      if (sighting.at().isAfter(inflicted.begin()) && !hit.isEmpty()) {
        break;
      }
      if (!sighting.shards().isEmpty()) {
        hit.clear();
        sighting
            .shards()
            .forEach(
                (id, shard) -> {
                  if (nodes.contains(shard.owner())) {
                    hit.add(id);
                  }
                });
      }
    }
    return hit;
  }

  private Recovered recovered(Waiting one, Instant at) {
    Inflicted inflicted = one.inflicted;
    Instant from = isTakeover(inflicted) ? inflicted.begin() : inflicted.end();
    boolean alone = one.first && active.stream().noneMatch(fault -> meet(inflicted, fault));
    for (Inflicted other : faults) {
      boolean related = other != inflicted && meet(inflicted, other.fault());
      if (related && other.begin().isBefore(at) && !other.end().isBefore(inflicted.begin())) {
        alone = false;
        if (other.end().isAfter(from) && other.end().isBefore(at)) {
          from = other.end();
        }
      }
    }
    return new Recovered(inflicted, from, Duration.between(from, at), alone);
  }

  /** Whether others were to go on with its shards before it could itself. */
  private static boolean isTakeover(Inflicted inflicted) {
    return inflicted.fault().kind().isFreeze()
        && Host.orchestrators().containsAll(inflicted.fault().hosts())
        && Duration.between(inflicted.begin(), inflicted.end()).compareTo(SESSION) > 0;
  }

  /** Whether a fault hits some of what another's recovery depends on. */
  private static boolean meet(Inflicted one, PlannedFault other) {
    Set<Host> needed = isTakeover(one) ? Host.orchestrators() : one.fault().hosts();
    return !Collections.disjoint(needed, other.hosts());
  }

  /** What has to move, and where it stood. */
  private static final class Waiting {

    private final Inflicted inflicted;
    private final Instant since;
    private final boolean first;
    private final Set<Integer> shards;
    private final Set<Host> participants;
    private final Map<Integer, Long> transitions = new HashMap<>();
    private final Map<Host, Long> replies = new HashMap<>();

    /**
     * @param first whether nothing of what it hit was still waiting for an earlier fault
     */
    Waiting(Inflicted inflicted, Instant since, boolean first, Set<Integer> shards) {
      this.inflicted = inflicted;
      this.since = since;
      this.first = first;
      this.shards = new TreeSet<>(shards);
      this.participants =
          inflicted.fault().hosts().stream()
              .filter(host -> !host.isOrchestrator())
              .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isDone() {
      return shards.isEmpty() && participants.isEmpty();
    }

    /** Strikes off what has moved since it was first seen after the fault. */
    boolean hasMoved(Sighting sighting) {
      if (!sighting.at().isAfter(since)) {
        return false;
      }
      shards.removeIf(
          id -> {
            Sighting.Shard shard = sighting.shards().get(id);
            return shard != null && hasGrown(transitions, id, shard.journalSeq());
          });
      participants.removeIf(
          host -> hasGrown(replies, host, sighting.replies().getOrDefault(host, 0L)));
      return isDone();
    }

    private static <K> boolean hasGrown(Map<K, Long> first, K key, long now) {
      Long before = first.putIfAbsent(key, now);
      return before != null && now > before;
    }
  }
}
