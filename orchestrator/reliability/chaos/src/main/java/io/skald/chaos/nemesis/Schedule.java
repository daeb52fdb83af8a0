package io.skald.chaos.nemesis;

import io.skald.chaos.stack.Host;
import io.skald.chaos.stack.Server;
import io.skald.saga.message.crash.CrashPoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Draws which fault comes when: all kinds in turn, in an order that is shuffled anew each time, at
 * gaps from a second to half a minute. So faults overlap, hit what is just coming back, and now and
 * then leave everyone in peace for a while. Two that would undo each other (a process that is
 * stopped twice) do not overlap. The same seed and length give the same schedule.
 */
public final class Schedule {

  private static final Duration FIRST = Duration.ofSeconds(3);

  /** How long a server is left alone after it was away as a whole. */
  private static final Duration SERVER_REST = Duration.ofSeconds(20);

  private static final int SHARE_OF_TOTAL = 8;
  private static final int TRIES = 20;

  private static final List<CrashPoint> CRASH_POINTS = List.of(CrashPoint.values());

  private final Random random;
  private final Duration total;
  private final List<PlannedFault> planned = new ArrayList<>();
  private final Deque<FaultKind> deck = new ArrayDeque<>();

  private Schedule(long seed, Duration total) {
    this.random = new Random(seed);
    this.total = total;
  }

  /** Faults in the order of their beginnings; all of them end within the total. */
  public static List<PlannedFault> of(long seed, Duration total) {
    Schedule schedule = new Schedule(seed, total);
    Duration at = FIRST;
    while (at.compareTo(total) < 0) {
      schedule.draw(at).ifPresent(schedule.planned::add);
      at = at.plus(schedule.gap());
    }
    return List.copyOf(schedule.planned);
  }

  /** Mostly close upon each other; one in five leaves time to come to rest. */
  private Duration gap() {
    int seconds = random.nextInt(5) == 0 ? random.nextInt(10, 30) : random.nextInt(1, 9);
    Duration most = total.dividedBy(SHARE_OF_TOTAL);
    Duration gap = Duration.ofSeconds(seconds);
    return gap.compareTo(most) < 0 ? gap : most;
  }

  private Optional<PlannedFault> draw(Duration at) {
    for (int i = 0; i < TRIES; i++) {
      if (deck.isEmpty()) {
        List<FaultKind> kinds = new ArrayList<>(Arrays.asList(FaultKind.values()));
        Collections.shuffle(kinds, random);
        deck.addAll(kinds);
      }
      FaultKind kind = deck.removeFirst();
      PlannedFault fault = aimed(kind, at);
      if (fault.end().compareTo(total) <= 0 && planned.stream().noneMatch(p -> clash(p, fault))) {
        return Optional.of(fault);
      }
      deck.addLast(kind);
    }
    return Optional.empty();
  }

  private PlannedFault aimed(FaultKind kind, Duration at) {
    Duration lasts = lasts(kind);
    return switch (kind.aim()) {
      case PROCESS -> {
        Host host = anyOf(List.of(Host.values()));
        Optional<CrashPoint> point =
            kind == FaultKind.CRASH_POINT ? Optional.of(pointOf(host)) : Optional.empty();
        yield fault(at, lasts, kind, Set.of(host), Optional.empty(), point);
      }
      case GROUP ->
          fault(
              at,
              lasts,
              kind,
              random.nextBoolean() ? Host.orchestrators() : Host.participants(),
              Optional.empty(),
              Optional.empty());
      case KAFKA, POSTGRES -> fault(at, lasts, kind, Host.all(), kind.server(), Optional.empty());
      case LINK ->
          fault(
              at,
              lasts,
              kind,
              Set.of(anyOf(List.of(Host.values()))),
              Optional.of(anyOf(List.of(Server.values()))),
              Optional.empty());
      case POSTGRES_LINK ->
          fault(
              at,
              lasts,
              kind,
              Set.of(anyOf(List.of(Host.values()))),
              Optional.of(Server.POSTGRES),
              Optional.empty());
      case TOPICS -> fault(at, lasts, kind, Set.of(), Optional.empty(), Optional.empty());
    };
  }

  private PlannedFault fault(
      Duration at,
      Duration lasts,
      FaultKind kind,
      Set<Host> hosts,
      Optional<Server> server,
      Optional<CrashPoint> point) {
    return new PlannedFault(at, lasts, kind, hosts, server, point, random.nextLong());
  }

  private CrashPoint pointOf(Host host) {
    CrashPoint.Side side =
        host.isOrchestrator() ? CrashPoint.Side.ORCHESTRATOR : CrashPoint.Side.PARTICIPANT;
    return anyOf(CRASH_POINTS.stream().filter(point -> point.side() == side).toList());
  }

  /** In a short run nothing lasts so long that nothing else has room. */
  private Duration lasts(FaultKind kind) {
    int seconds =
        kind.mostSeconds() == kind.leastSeconds()
            ? kind.leastSeconds()
            : random.nextInt(kind.leastSeconds(), kind.mostSeconds() + 1);
    Duration most = total.dividedBy(SHARE_OF_TOTAL);
    Duration lasts = Duration.ofSeconds(seconds);
    return lasts.compareTo(most) < 0 ? lasts : most;
  }

  private static boolean clash(PlannedFault earlier, PlannedFault later) {
    if (earlier.kind().aim() != later.kind().aim()) {
      return false;
    }
    return switch (later.kind().aim()) {
      case KAFKA, POSTGRES -> later.at().compareTo(earlier.end().plus(SERVER_REST)) < 0;
      case GROUP -> later.at().compareTo(earlier.end().plus(SERVER_REST.multipliedBy(2))) < 0;
      case PROCESS ->
          earlier.hosts().equals(later.hosts()) && later.at().compareTo(earlier.end()) <= 0;
      case LINK, POSTGRES_LINK ->
          earlier.hosts().equals(later.hosts())
              && earlier.server().equals(later.server())
              && later.at().compareTo(earlier.end()) <= 0;
      case TOPICS -> false;
    };
  }

  private <T> T anyOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
