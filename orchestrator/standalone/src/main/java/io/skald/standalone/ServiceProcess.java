package io.skald.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A child process that is started again when it ends by itself or is killed.
 *
 * <p>The pause before a new start doubles from 1 s to 30 s, and is 1 s again after a minute of
 * life. Only {@link #stop} ends it for good, and {@link #start()} undoes that. If this JVM dies,
 * the child goes on; {@link Leftovers} finds it by its pid file.
 *
 * <p>All methods may be called from any thread.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final Duration HEALTH_INTERVAL = Duration.ofMillis(200);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
  private static final long LOG_LIMIT_BYTES = 50_000_000;

  private final ServiceSpec spec;
  private final Progress progress;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable Run run;

  private ServiceProcess(ServiceSpec spec, Progress progress) {
    this.spec = spec;
    this.progress = progress;
  }

  /**
   * Starts the process and returns at once; {@link #awaitHealthy} waits for it.
   *
   * @throws StandaloneException when the command can't be run at all
   */
  public static ServiceProcess start(ServiceSpec spec, Progress progress) {
    ServiceProcess service = new ServiceProcess(spec, progress);
    service.start();
    return service;
  }

  /** Starts again what {@link #stop} has stopped; nothing when it runs. */
  public void start() {
    lock.lock();
    try {
      if (run == null) {
        Run started = new Run(launch());
        run = started;
        Thread.ofPlatform()
            .daemon()
            .name("supervise-" + spec.name())
            .start(() -> supervise(started));
      }
    } finally {
      lock.unlock();
    }
  }

  public String name() {
    return spec.name();
  }

  /** Where it can be reached. */
  public URI address() {
    return spec.address();
  }

  /** The file that output and errors go to. */
  public Path log() {
    return spec.log();
  }

  /**
   * The process id, which changes with every start.
   *
   * @throws StandaloneException when it has been stopped
   */
  public long pid() {
    Run current = run;
    if (current == null) {
      throw new StandaloneException(
          "Expected '" + spec.name() + "' to run, but it has been stopped; start() starts it");
    }
    return current.process.pid();
  }

  /** Whether there is a process now, healthy or not. */
  public boolean isAlive() {
    Run current = run;
    return current != null && current.process.isAlive();
  }

  /** Whether the process that runs now has answered its health check. */
  public boolean isHealthy() {
    Run current = run;
    return current != null && current.healthy && current.process.isAlive();
  }

  /** How often it has been started again since {@link #start()}. */
  public int restarts() {
    Run current = run;
    return current == null ? 0 : current.restarts.get();
  }

  /**
   * Waits until the process answers its health check.
   *
   * @throws StandaloneException with the end of its log when the time is up, when it was stopped,
   *     or when it ended before it was healthy for the first time: then it is not started again
   */
  public void awaitHealthy(Duration timeout) {
    Poll.until(timeout, () -> run == null || isHealthy() || hasFailedAtStart());
    if (!isHealthy()) {
      throw new StandaloneException(
          "Expected '"
              + spec.name()
              + "' to be healthy, but "
              + whatHappened(timeout)
              + ". The end of its log, "
              + spec.log()
              + ":\n"
              + LogTail.of(spec.log(), 25));
    }
  }

  /** SIGKILL, for fault tests. It is started again, unless {@link #stop} is called. */
  public void kill() {
    Run current = run;
    if (current != null) {
      Process victim = current.process;
      victim.destroyForcibly();
      Processes.awaitGone(List.of(victim.toHandle()), KILL_TIMEOUT);
    }
  }

  /** SIGTERM, up to 25 s of patience, then SIGKILL. Not started again. */
  public void stop() {
    lock.lock();
    try {
      Run current = run;
      if (current != null) {
        run = null;
        current.stopped.countDown();
        end(current.process);
        spec.pidFile().delete();
      }
    } catch (IOException e) {
      progress.say("Could not delete the pid file of " + spec.name() + ": " + e);
    } finally {
      lock.unlock();
    }
  }

  /** The same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private void end(Process process) {
    process.destroy();
    List<ProcessHandle> handles = List.of(process.toHandle());
    if (!Processes.awaitGone(handles, STOP_TIMEOUT)) {
      process.destroyForcibly();
      Processes.awaitGone(handles, KILL_TIMEOUT);
    }
  }

  private boolean hasFailedAtStart() {
    Run current = run;
    return current != null && current.failedAtStart;
  }

  private String whatHappened(Duration timeout) {
    Run current = run;
    if (current == null) {
      return "it was stopped";
    }
    return current.failedAtStart
        ? "it ended with status " + current.process.exitValue() + " while it started"
        : "it was not within " + timeout.toSeconds() + " s";
  }

  private void supervise(Run current) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      long startedAt = System.nanoTime();
      current.awaitHealthOrEnd();
      int status = current.awaitEnd();
      if (current.isStopped()) {
        return;
      }
      if (!current.wasEverHealthy) {
        current.failedAtStart = true;
        return;
      }
      if (System.nanoTime() - startedAt >= STEADY.toNanos()) {
        pause = FIRST_PAUSE;
      }
      progress.say(
          "%s ended with status %d; starting it again in %d s (log: %s)"
              .formatted(spec.name(), status, pause.toSeconds(), spec.log()));
      if (current.isStoppedWithin(pause) || !relaunch(current)) {
        return;
      }
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
  }

  /** False when it was stopped meanwhile, or can't be run any more. */
  private boolean relaunch(Run current) {
    lock.lock();
    try {
      if (current.isStopped()) {
        return false;
      }
      current.healthy = false;
      current.process = launch();
      current.restarts.incrementAndGet();
      return true;
    } catch (StandaloneException e) {
      progress.say(e.getMessage());
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Process launch() {
    try {
      Files.createDirectories(spec.stateDir().resolve("logs"));
      rotateLog();
      ProcessBuilder builder =
          new ProcessBuilder(spec.command())
              .directory(spec.stateDir().toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
      builder.environment().putAll(spec.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      spec.pidFile().write(process.toHandle());
      return process;
    } catch (IOException e) {
      throw new StandaloneException(
          "Expected to start '" + spec.name() + "' with " + spec.command() + ", but: " + e, e);
    }
  }

  private void rotateLog() throws IOException {
    Path log = spec.log();
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Files.move(
          log, log.resolveSibling(spec.name() + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What lies between one start() and its stop(): a process, and those that replaced it. */
  private final class Run {
    final CountDownLatch stopped = new CountDownLatch(1);
    volatile Process process;
    volatile boolean healthy;
    volatile boolean wasEverHealthy;
    volatile boolean failedAtStart;
    final AtomicInteger restarts = new AtomicInteger();

    Run(Process process) {
      this.process = process;
    }

    void awaitHealthOrEnd() {
      while (process.isAlive() && !isStoppedWithin(HEALTH_INTERVAL)) {
        if (spec.health().isUp() && process.isAlive()) {
          if (wasEverHealthy) {
            progress.say(spec.name() + " is healthy again");
          }
          healthy = true;
          wasEverHealthy = true;
          return;
        }
      }
    }

    int awaitEnd() {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped.countDown();
        return -1;
      }
    }

    boolean isStopped() {
      return stopped.getCount() == 0;
    }

    boolean isStoppedWithin(Duration time) {
      try {
        return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
  }
}
