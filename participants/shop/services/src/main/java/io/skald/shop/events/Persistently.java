package io.skald.shop.events;

import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes what events say, however long the database is away: an event that a subscriber gives up on
 * is lost to it for ever, and the next ones can wait.
 */
public final class Persistently {

  private static final Logger LOG = Logger.getLogger(Persistently.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private Persistently() {}

  /** A piece of work that can be done again when it has failed. */
  @FunctionalInterface
  public interface Work {
    void run() throws SQLException;
  }

  /**
   * Returns when {@code work} is done.
   *
   * @throws InterruptedException when the application is stopping; the events come again
   */
  public static void run(String what, Work work) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        work.run();
        return;
      } catch (SQLException e) {
        LOG.warnf("Could not %s, will try again in %s: %s", what, pause, e.getMessage());
        Thread.sleep(pause);
        pause =
            pause.compareTo(LONGEST_PAUSE.dividedBy(2)) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
      }
    }
  }
}
