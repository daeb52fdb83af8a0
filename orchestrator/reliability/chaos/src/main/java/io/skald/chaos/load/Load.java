package io.skald.chaos.load;

import io.skald.chaos.stack.ChaosStack;
import io.skald.checker.ClientStart;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Places so many orders a second, on a fixed schedule, whatever becomes of those before. Keeps what
 * the client knows of each. While too many are unanswered it leaves some out, as a queue with an
 * end would.
 */
public final class Load implements AutoCloseable {

  private static final int MOST_UNANSWERED = 1_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long PATIENCE_SECONDS = 60;

  private final Client client;
  private final OrderMix mix;
  private final long interval;
  private final Semaphore room = new Semaphore(MOST_UNANSWERED);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Collection<ClientStart> starts = new ConcurrentLinkedQueue<>();
  private final AtomicLong nameless = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private final Thread pace = Thread.ofPlatform().name("load").unstarted(this::run);
  private volatile boolean ended;

  public Load(ChaosStack stack, long seed, int perSecond) {
    this(Client.of(stack), seed, perSecond);
  }

  Load(Client client, long seed, int perSecond) {
    this.client = client;
    this.mix = new OrderMix(seed);
    this.interval = SECOND / perSecond;
  }

  public void start() {
    pace.start();
  }

  /** Places no more orders, and returns when what was placed is answered or given up. */
  public void stop() throws InterruptedException {
    ended = true;
    pace.join();
    threads.shutdown();
    threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** What the client knows. */
  public List<ClientStart> starts() {
    return List.copyOf(starts);
  }

  /** Orders that the shop may have taken under a name that the client never learned. */
  public long nameless() {
    return nameless.get();
  }

  /** Orders whose placing came to no end that the client knows, such as an answer without an id. */
  public long failed() {
    return failed.get();
  }

  /** Orders that were not placed, because too many were unanswered. */
  public long leftOut() {
    return leftOut.get();
  }

  /** How calls were answered: how often each status came, and 0 for no answer. */
  public Map<Integer, Long> statuses() {
    Map<Integer, Long> counts = new TreeMap<>();
    client.statuses().forEach((status, count) -> counts.put(status, count.sum()));
    return counts;
  }

  @Override
  public void close() {
    ended = true;
    threads.shutdownNow();
    client.close();
  }

  private void run() {
    long next = System.nanoTime();
    while (!ended) {
      Order order = mix.next();
      if (room.tryAcquire()) {
        threads.execute(() -> place(order));
      } else {
        leftOut.incrementAndGet();
      }
      next += interval;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  void place(Order order) {
    try {
      Optional<ClientStart> start = client.place(order);
      start.ifPresentOrElse(starts::add, nameless::incrementAndGet);
      if (order.cancelled() && start.isPresent()) {
        client.cancel(start.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      // The thread's last words say why.
      throw e;
    } finally {
      room.release();
    }
  }
}
