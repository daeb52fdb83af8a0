package io.skald.chaos.stack;

import io.skald.saga.message.crash.CrashPoint;
import io.skald.standalone.StandaloneException;

/** What faults are aimed at. For any number of threads. */
public interface Targets {

  /** {@code kill -9}; it is started again soon. Returns false when it does not run anyway. */
  boolean kill(Host host);

  /** {@code kill -9}; it is started again soon. Returns false when it does not run anyway. */
  boolean kill(Server server);

  /** SIGSTOP. Returns false when it does not run. */
  boolean freeze(Host host);

  /** SIGSTOP, to PostgreSQL with all its processes. Returns false when it does not run. */
  boolean freeze(Server server);

  /** SIGCONT; nothing happens to a process that runs. */
  void thaw(Host host);

  /** SIGCONT; nothing happens to a server that runs. */
  void thaw(Server server);

  /**
   * Stops a process in order, starts it again and returns when it is healthy. A start may fail
   * while its servers are away; then it is tried again, as a cluster's manager would do.
   *
   * @throws StandaloneException when it is not healthy after minutes
   */
  void restart(Host host);

  /** Has a process end at a point of its code, when it next comes there. */
  void crashAt(Host host, CrashPoint point);

  /** Whether the order of {@link #crashAt} has been obeyed. */
  boolean hasCrashed(Host host);

  /** Takes back an order that was not obeyed. */
  void crashNoMore(Host host);

  /** What lies between processes and servers. */
  Links links();
}
