package io.skald.chaos.nemesis;

import io.skald.chaos.proxy.FaultProxy;
import io.skald.chaos.proxy.LinkFault;
import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.chaos.stack.Server;
import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;

/** Carries a fault out, from its beginning to its end. For any number of threads. */
final class Injector {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration BETWEEN_TERMINATIONS = Duration.ofMillis(500);

  private final ChaosStack stack;
  private final BadRecords records;
  private final Backends backends;

  Injector(ChaosStack stack, BadRecords records) {
    this.stack = stack;
    this.records = records;
    this.backends = new Backends(stack.postgres());
  }

  /**
   * Returns when the fault is over.
   *
   * @return false when it did not come about, such as a crash at a point that nobody came by
   */
  boolean inject(PlannedFault fault) throws InterruptedException {
    Random random = new Random(fault.seed());
    switch (fault.kind()) {
      case KILL -> stack.process(fault.host()).kill();
      case CRASH_POINT -> {
        return crash(fault);
      }
      case FREEZE, LONG_FREEZE -> {
        stack.freeze(fault.host());
        hold(fault, () -> stack.thaw(fault.host()));
      }
      case ROLLING_RESTART -> {
        for (Host host : new TreeSet<>(fault.hosts())) {
          stack.restart(host);
        }
      }
      case BACKENDS_TERMINATED -> terminate(fault, random);
      case BROKER_KILL -> stack.kill(Server.KAFKA);
      case DATABASE_KILL -> stack.kill(Server.POSTGRES);
      case BROKER_FREEZE, DATABASE_FREEZE -> {
        Server server = fault.server().orElseThrow();
        stack.freeze(server);
        hold(fault, () -> stack.thaw(server));
      }
      case LINK_DELAY ->
          link(fault, new LinkFault.Delay(Duration.ofMillis(random.nextInt(10, 1_500))));
      case LINK_BANDWIDTH -> link(fault, new LinkFault.Bandwidth(random.nextInt(2_000, 50_000)));
      case LINK_BLACK_HOLE -> link(fault, new LinkFault.BlackHole());
      case LINK_HALF_OPEN -> link(fault, new LinkFault.HalfOpen());
      case LINK_RESET -> link(fault, new LinkFault.Reset());
      case DUPLICATES -> records.duplicate(random);
      case CORRUPT_RECORDS -> records.corrupt(random);
    }
    return true;
  }

  private boolean crash(PlannedFault fault) throws InterruptedException {
    Host host = fault.host();
    stack.crashAt(host, fault.point().orElseThrow());
    long end = System.nanoTime() + fault.lasts().toNanos();
    while (!stack.hasCrashed(host) && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
    boolean crashed = stack.hasCrashed(host);
    stack.crashNoMore(host);
    return crashed;
  }

  private void terminate(PlannedFault fault, Random random) throws InterruptedException {
    long end = System.nanoTime() + fault.lasts().toNanos();
    do {
      backends.terminateSome(fault.host().database(), random);
      Thread.sleep(BETWEEN_TERMINATIONS);
    } while (System.nanoTime() < end);
  }

  private void link(PlannedFault fault, LinkFault how) throws InterruptedException {
    FaultProxy link = stack.links().of(fault.host(), fault.server().orElseThrow());
    link.impose(how);
    hold(fault, link::heal);
  }

  private static void hold(PlannedFault fault, Runnable end) throws InterruptedException {
    try {
      Thread.sleep(fault.lasts());
    } finally {
      end.run();
    }
  }
}
