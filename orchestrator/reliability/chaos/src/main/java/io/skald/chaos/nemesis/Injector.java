package io.skald.chaos.nemesis;

import io.skald.chaos.proxy.FaultProxy;
import io.skald.chaos.proxy.LinkFault;
import io.skald.chaos.stack.Host;
import io.skald.chaos.stack.Server;
import io.skald.chaos.stack.Targets;
import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;

/** Carries a fault out, from its beginning to its end. For any number of threads. */
final class Injector {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration BETWEEN_TERMINATIONS = Duration.ofMillis(500);

  private final Targets targets;
  private final BadRecords records;
  private final Backends backends;

  Injector(Targets targets, BadRecords records, Backends backends) {
    this.targets = targets;
    this.records = records;
    this.backends = backends;
  }

  /**
   * Returns when the fault is over.
   *
   * @return false when it did not come about: there was nothing to be hit, or nobody came by the
   *     point of a crash
   */
  boolean inject(PlannedFault fault) throws InterruptedException {
    Random random = new Random(fault.seed());
    return switch (fault.kind()) {
      case KILL -> targets.kill(fault.host());
      case CRASH_POINT -> crash(fault);
      case FREEZE, LONG_FREEZE -> freeze(fault);
      case ROLLING_RESTART -> restart(fault);
      case BACKENDS_TERMINATED -> terminate(fault, random);
      case BROKER_KILL -> targets.kill(Server.KAFKA);
      case DATABASE_KILL -> targets.kill(Server.POSTGRES);
      case BROKER_FREEZE, DATABASE_FREEZE -> freezeServer(fault);
      case LINK_DELAY ->
          link(fault, new LinkFault.Delay(Duration.ofMillis(random.nextInt(10, 1_500))));
      case LINK_BANDWIDTH -> link(fault, new LinkFault.Bandwidth(random.nextInt(2_000, 50_000)));
      case LINK_BLACK_HOLE -> link(fault, new LinkFault.BlackHole());
      case LINK_HALF_OPEN -> link(fault, new LinkFault.HalfOpen());
      case LINK_RESET -> link(fault, new LinkFault.Reset());
      case DUPLICATES -> records.duplicate(random);
      case CORRUPT_RECORDS -> records.corrupt(random);
    };
  }

  private boolean freeze(PlannedFault fault) throws InterruptedException {
    Host host = fault.host();
    return targets.freeze(host) && hold(fault, () -> targets.thaw(host));
  }

  private boolean freezeServer(PlannedFault fault) throws InterruptedException {
    Server server = fault.server().orElseThrow();
    return targets.freeze(server) && hold(fault, () -> targets.thaw(server));
  }

  private boolean restart(PlannedFault fault) {
    new TreeSet<>(fault.hosts()).forEach(targets::restart);
    return true;
  }

  private boolean crash(PlannedFault fault) throws InterruptedException {
    Host host = fault.host();
    targets.crashAt(host, fault.point().orElseThrow());
    long end = System.nanoTime() + fault.lasts().toNanos();
    while (!targets.hasCrashed(host) && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
    boolean crashed = targets.hasCrashed(host);
    targets.crashNoMore(host);
    return crashed;
  }

  private boolean terminate(PlannedFault fault, Random random) throws InterruptedException {
    long end = System.nanoTime() + fault.lasts().toNanos();
    boolean hit = false;
    do {
      hit |= backends.terminateSome(fault.host().database(), random);
      Thread.sleep(BETWEEN_TERMINATIONS);
    } while (System.nanoTime() < end);
    return hit;
  }

  private boolean link(PlannedFault fault, LinkFault how) throws InterruptedException {
    FaultProxy link = targets.links().of(fault.host(), fault.server().orElseThrow());
    link.impose(how);
    return hold(fault, link::heal);
  }

  private static boolean hold(PlannedFault fault, Runnable end) throws InterruptedException {
    try {
      Thread.sleep(fault.lasts());
      return true;
    } finally {
      end.run();
    }
  }
}
