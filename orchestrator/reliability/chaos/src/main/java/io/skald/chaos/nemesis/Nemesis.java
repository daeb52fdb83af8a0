package io.skald.chaos.nemesis;

import io.skald.chaos.stack.ChaosStack;
import io.skald.standalone.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Carries a schedule out. Used by one thread; its faults run on threads of their own. */
public final class Nemesis implements AutoCloseable {

  private final BadRecords records;
  private final Injector injector;
  private final FaultListener listener;
  private final Progress progress;
  private final ConcurrentLinkedQueue<Inflicted> inflicted = new ConcurrentLinkedQueue<>();

  /**
   * @param listener told of each fault
   */
  public Nemesis(ChaosStack stack, FaultListener listener, Progress progress) {
    this.records = BadRecords.on(stack.bootstrapServers());
    this.injector = new Injector(stack, records, Backends.of(stack.postgres()));
    this.listener = listener;
    this.progress = progress;
  }

  /** Returns when all is carried out and over, and not before the schedule's total. */
  public void run(List<PlannedFault> schedule, Duration total) throws InterruptedException {
    long begin = System.nanoTime();
    try (ExecutorService faults = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PlannedFault fault : schedule) {
        sleepUntil(begin + fault.at().toNanos());
        faults.execute(() -> carryOut(fault));
      }
      sleepUntil(begin + total.toNanos());
    }
  }

  /** What came about, in the order in which it was over. */
  public List<Inflicted> inflicted() {
    return List.copyOf(inflicted);
  }

  @Override
  public void close() {
    records.close();
  }

  private void carryOut(PlannedFault fault) {
    listener.begun(fault);
    Instant begin = Instant.now();
    progress.say(
        fault.kind().label()
            + ": "
            + fault.target()
            + (fault.lasts().isZero() ? "" : ", " + fault.lasts().toMillis() / 1000.0 + " s"));
    try {
      if (injector.inject(fault)) {
        Instant end = fault.kind().isMomentary() ? begin : Instant.now();
        Inflicted done = new Inflicted(fault, begin, end);
        inflicted.add(done);
        listener.over(done);
      } else {
        listener.cameToNothing(fault);
        progress.say(fault.kind().label() + ": " + fault.target() + " came to nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      listener.cameToNothing(fault);
      // A fault that fails is no finding about Skald; the run goes on with the others.
      progress.say("could not carry out " + fault.kind().label() + ": " + e);
    }
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }
}
