package io.skald.simulation;

import io.skald.checker.Violation;
import java.util.logging.Level;
import java.util.logging.Logger;

public final class Sim {
  private Sim() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("org.jboss.logging.provider", "jdk");
    Logger.getLogger("").setLevel(Boolean.getBoolean("verbose") ? Level.ALL : Level.OFF);
    long from = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    int threads = Integer.parseInt(args[2]);
    long[] faults = new long[Fault.values().length];
    long[] sums = new long[6];
    long begin = System.nanoTime();
    new Runs(from, count, threads, seed -> Simulation.run(seed, Scale.FULL, new Mechanisms()))
        .untilViolation(
            outcome -> {
              for (int i = 0; i < faults.length; i++) {
                faults[i] += outcome.faults()[i];
              }
              sums[0]++;
              sums[1] += outcome.events();
              sums[2] += outcome.simulated().toSeconds();
              sums[3] += outcome.sagas();
              sums[4] += outcome.completed();
              for (Violation violation : outcome.violations()) {
                System.out.println("Seed " + outcome.seed() + ": " + violation);
              }
              outcome.tale().forEach(System.out::println);
            });
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%d seeds in %.1f s: %.1f/s; events %d, simulated hours %.1f, sagas %d, completed %d%n",
        sums[0], seconds, sums[0] / seconds, sums[1], sums[2] / 3600.0, sums[3], sums[4]);
    StringBuilder line = new StringBuilder();
    for (Fault fault : Fault.values()) {
      line.append(fault.title()).append(' ').append(faults[fault.ordinal()]).append(", ");
    }
    System.out.println(line);
  }
}
