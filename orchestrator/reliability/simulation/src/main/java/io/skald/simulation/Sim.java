package io.skald.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code ./skald sim}: many runs from as many seeds. Ends with status 1 when a law was broken, and
 * says then by which seed, how, and how to see it again.
 */
public final class Sim {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

  private Sim() {}

  /** See {@link Options} for the flags. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.of(List.of(args));
    } catch (IllegalArgumentException wrong) {
      System.err.println("sim: " + wrong.getMessage());
      System.exit(2);
      return;
    }
    silence();
    System.exit(run(options) ? 0 : 1);
  }

  /** What orchestrators and participants log of their troubles is no news here. */
  static void silence() {
    System.setProperty("org.jboss.logging.provider", "jdk");
    Logger.getLogger("").setLevel(Level.OFF);
  }

  private static boolean run(Options options) throws IOException, InterruptedException {
    Totals totals = new Totals(options);
    long[] nextLine = {0};
    new Runs(options.from(), options.seeds(), options.threads(), options::simulate)
        .untilViolation(
            outcome -> {
              totals.add(outcome);
              if (System.nanoTime() >= nextLine[0]) {
                nextLine[0] = System.nanoTime() + BETWEEN_LINES.toNanos();
                System.err.println(totals.line());
              }
            });
    System.out.println(totals.line());
    System.out.println(totals.faults());
    Optional<Finding> finding = totals.worst().map(worst -> Shortening.of(worst, options));
    finding.ifPresent(found -> System.out.println(found.text()));
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), totals.json(finding));
    }
    return finding.isEmpty();
  }
}
