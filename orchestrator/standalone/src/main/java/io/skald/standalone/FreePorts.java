package io.skald.standalone;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of the loopback interface to listen on, for those who do not care which.
 *
 * <p>They lie below those that systems give to outgoing connections (from 32768 on Linux, from
 * 49152 elsewhere). So while a process is down that is to come back on its port, no connection of
 * somebody else's can have taken it. May be called from any thread.
 */
public final class FreePorts {

  private static final int FIRST = 12_000;
  private static final int BEHIND_LAST = 32_000;
  private static final int TRIES = 1_000;

  /** Who was given a port need not listen on it yet. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /**
   * A port that nobody listens on, and that this JVM has not been given before.
   *
   * @throws StandaloneException when none is found
   */
  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
      if (GIVEN.add(port) && Loopback.isFree(port)) {
        return port;
      }
    }
    throw new StandaloneException(
        "Expected to find a free port from "
            + FIRST
            + " to "
            + (BEHIND_LAST - 1)
            + " on the loopback interface, but "
            + TRIES
            + " that were tried are taken");
  }
}
