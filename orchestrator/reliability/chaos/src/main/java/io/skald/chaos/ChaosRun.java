package io.skald.chaos;

import io.skald.chaos.audit.Bookkeeper;
import io.skald.chaos.audit.Healing;
import io.skald.chaos.audit.Totals;
import io.skald.chaos.audit.Verdict;
import io.skald.chaos.load.Load;
import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.nemesis.Nemesis;
import io.skald.chaos.nemesis.PlannedFault;
import io.skald.chaos.nemesis.Schedule;
import io.skald.chaos.recovery.RecoveryWatch;
import io.skald.chaos.recovery.Rest;
import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.checker.Goodput;
import io.skald.checker.Violation;
import io.skald.standalone.Progress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run: orders and faults together, then all is healed, all comes to rest, and the checker looks
 * at what has become of it.
 */
final class ChaosRun {

  private static final Duration BEFORE_FAULTS = Duration.ofSeconds(5);

  /**
   * How long orders keep coming at most when all has been healed, until all has been seen to move
   * again. So even what the last fault had stopped has so long to move, and no fault needs to be
   * excused for ending just before the orders did.
   */
  private static final Duration AFTER_FAULTS = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration REST = Duration.ofMinutes(6);

  /** Faults cost throughput; but who still completes less than this has lost messages. */
  private static final double LEAST_SHARE_OF_TWIN = 0.5;

  /** So many commands fail at first, in every participant. */
  private static final String FAILURE_RATE = "0.03";

  private final ChaosArguments arguments;
  private final Path home;
  private final Progress progress;

  ChaosRun(ChaosArguments arguments, Path home, Progress progress) {
    this.arguments = arguments;
    this.home = home;
    this.progress = progress;
  }

  Outcome run() throws InterruptedException, SQLException {
    try (ChaosStack stack = ChaosStack.start(arguments.stateDir(), home, environments(), progress);
        Load load = new Load(stack, arguments.seed(), arguments.perSecond());
        Bookkeeper books = new Bookkeeper(stack);
        RecoveryWatch recoveries = new RecoveryWatch(stack);
        Nemesis nemesis = new Nemesis(stack, recoveries, progress)) {
      Instant begin = Instant.now();
      load.start();
      Thread.sleep(BEFORE_FAULTS);
      nemesis.run(schedule(), arguments.length());
      progress.say("healing");
      Set<Host> unhealthy = stack.heal();
      awaitRecoveries(recoveries);
      List<Inflicted> unrecovered = recoveries.unrecovered();
      load.stop();
      Duration lasted = Duration.between(begin, Instant.now());
      progress.say("waiting for rest");
      boolean atRest = new Rest(stack, progress).await(REST);
      books.close();
      progress.say("checking");
      Totals totals = Totals.read(stack, begin);
      List<Violation> violations =
          new ArrayList<>(Verdict.on(stack, load, books.snapshots(), goodput(totals), atRest));
      violations.addAll(Healing.violations(unhealthy, unrecovered));
      return new Outcome(
          arguments,
          begin,
          lasted,
          totals,
          Outcome.Placed.of(load),
          nemesis.inflicted(),
          recoveries.recovered(),
          unrecovered,
          violations);
    }
  }

  private List<PlannedFault> schedule() {
    return arguments.calm() ? List.of() : Schedule.of(arguments.seed(), arguments.length());
  }

  private static void awaitRecoveries(RecoveryWatch recoveries) throws InterruptedException {
    long end = System.nanoTime() + AFTER_FAULTS.toNanos();
    while (!recoveries.unrecovered().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
  }

  private Optional<Goodput> goodput(Totals totals) {
    return arguments.twin().map(twin -> new Goodput(totals.completed(), twin, LEAST_SHARE_OF_TWIN));
  }

  private static Map<Host, Map<String, String>> environments() {
    Map<Host, Map<String, String>> environments = new HashMap<>(ChaosStack.impatient());
    for (Host host : Host.participants()) {
      environments.put(host, Map.of("SHOP_FAULTS_" + host.name() + "_FAILURE_RATE", FAILURE_RATE));
    }
    return environments;
  }
}
