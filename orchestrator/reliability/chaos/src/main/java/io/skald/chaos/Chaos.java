package io.skald.chaos;

import io.skald.standalone.StandaloneException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * {@code ./skald chaos}: orders on real processes under faults, and the checker's verdict.
 *
 * <p>The system property {@code skald.home} names the checkout whose jars to run.
 */
public final class Chaos {

  private static final int VIOLATED = 1;
  private static final int NOT_RUN = 2;

  private final long startedAt = System.nanoTime();

  private Chaos() {}

  /** Exit status 0 when all laws were kept, 1 when one was broken, 2 when the run itself failed. */
  public static void main(String[] words) {
    Path home = Path.of(System.getProperty("skald.home", "")).toAbsolutePath().normalize();
    int status = status(() -> new Chaos().run(words, home), System.err);
    // Clients of a broker that has been stopped keep their threads for a while.
    System.exit(status);
  }

  /** A run, from the reading of its arguments to its report. */
  interface Work {

    /** The exit status of a run that came to its verdict. */
    int run() throws InterruptedException, SQLException;
  }

  /** Whatever fails but the laws is the harness's own failure, and no law broken. */
  static int status(Work work, PrintStream errors) {
    try {
      return work.run();
    } catch (StandaloneException e) {
      errors.println("skald: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      errors.println("skald: The run was interrupted");
    } catch (SQLException | RuntimeException | Error e) {
      errors.println("skald: Expected the run to come to a verdict, but it failed: " + e);
      e.printStackTrace(errors);
    }
    return NOT_RUN;
  }

  private int run(String[] words, Path home) throws InterruptedException, SQLException {
    ChaosArguments arguments = ChaosArguments.parse(words, home.resolve(".skald").resolve("chaos"));
    say("Seed " + arguments.seed() + ": " + arguments.command());
    say("State and logs in " + arguments.stateDir());
    Outcome outcome = new ChaosRun(arguments, home, this::say).run();
    arguments.json().ifPresent(file -> OutcomeFiles.writeJson(outcome, file));
    OutcomeFiles.writeReport(outcome, arguments.report());
    print(outcome);
    return outcome.violations().isEmpty() ? 0 : VIOLATED;
  }

  private static void print(Outcome outcome) {
    System.out.printf(
        """

        Seed          %d
        Sagas         %d %s
        Completions   %.1f per second
        Kills         %d
        Faults        %s
        Recovery      %s
          alone       %s
        Violations    %d
        Report        %s
        Again         %s
        """,
        outcome.arguments().seed(),
        outcome.totals().sagas(),
        outcome.totals().byStatus(),
        outcome.completionsPerSecond(),
        outcome.kills(),
        outcome.faultsByKind(),
        outcome.recovery(),
        outcome.recoveryAlone(),
        outcome.violations().size(),
        outcome.arguments().report(),
        outcome.arguments().command());
    outcome.violations().forEach(violation -> System.out.println("\n" + violation));
    System.out.flush();
  }

  private void say(String line) {
    double seconds = Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0;
    System.out.printf("[%6.1f s] %s%n", seconds, line);
    System.out.flush();
  }
}
