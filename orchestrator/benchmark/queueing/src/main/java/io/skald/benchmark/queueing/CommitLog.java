package io.skald.benchmark.queueing;

import java.util.ArrayList;
import java.util.List;

/**
 * A database's log: one flush at a time, which serves all commits that wait when it begins, and
 * takes a fixed time and that of their bytes. The fixed time is shared by however many wait, so it
 * makes commits late but does not fill the log: only bytes count as use.
 */
final class CommitLog implements Resource {

  private record Commit(double millis, Runnable then) {}

  private final Timeline timeline;
  private final double flushMillis;
  private boolean flushing;
  private double written;
  private double since;
  private List<Commit> waiting = new ArrayList<>();

  CommitLog(Timeline timeline, double flushMillis) {
    this.timeline = timeline;
    this.flushMillis = flushMillis;
  }

  @Override
  public String kind() {
    return "log of the database";
  }

  @Override
  public void use(double millis, Runnable then) {
    waiting.add(new Commit(millis, then));
    if (!flushing) {
      flush();
    }
  }

  private void flush() {
    List<Commit> flushed = waiting;
    waiting = new ArrayList<>();
    flushing = true;
    double transfer = flushed.stream().mapToDouble(Commit::millis).sum();
    timeline.after(
        flushMillis + transfer,
        () -> {
          flushing = false;
          written += transfer;
          if (!waiting.isEmpty()) {
            flush();
          }
          flushed.forEach(commit -> commit.then().run());
        });
  }

  @Override
  public double utilisation() {
    double elapsed = timeline.now() - since;
    return elapsed == 0 ? 0 : written / elapsed;
  }

  @Override
  public void reset() {
    written = 0;
    since = timeline.now();
  }
}
