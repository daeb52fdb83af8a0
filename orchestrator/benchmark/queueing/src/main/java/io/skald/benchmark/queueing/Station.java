package io.skald.benchmark.queueing;

import java.util.ArrayDeque;
import java.util.Queue;

/** Some servers and one queue, first come first served: the cores of a machine, a network card. */
final class Station implements Resource {

  private record Job(double millis, Runnable then) {}

  private final Timeline timeline;
  private final String kind;
  private final int servers;
  private final Level busy;
  private final Queue<Job> waiting = new ArrayDeque<>();

  Station(Timeline timeline, String kind, int servers) {
    this.timeline = timeline;
    this.kind = kind;
    this.servers = servers;
    this.busy = new Level(timeline);
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public void use(double millis, Runnable then) {
    Job job = new Job(millis, then);
    if (busy.value() < servers) {
      serve(job);
    } else {
      waiting.add(job);
    }
  }

  private void serve(Job job) {
    busy.add(1);
    timeline.after(
        job.millis(),
        () -> {
          busy.add(-1);
          Job next = waiting.poll();
          if (next != null) {
            serve(next);
          }
          job.then().run();
        });
  }

  @Override
  public double utilisation() {
    return busy.mean() / servers;
  }

  @Override
  public void reset() {
    busy.reset();
  }
}
