package io.skald.orchestrator.lane;

import io.skald.saga.message.SagaId;
import java.time.Duration;

/**
 * Hears what lanes do: for answers to those who wait, and for metrics. Called by lanes' threads,
 * after the commit that made it true; must be quick and must not throw.
 */
public interface LaneListener {

  /** An input was decided on, and the decision is durable. */
  void decided(SagaId saga, String cause, Answer answer);

  /** A saga has ended. */
  void ended(SagaId saga);

  /** A batch is committed. */
  void committed(int inputs, int transitions, Duration took);

  /** A record went to the dead letters. */
  void deadLettered(String topic, String because);

  /** A record was sent on to the shard that it belongs to. */
  void forwarded(String topic);

  /** A lane threw away what it had in memory and read it again. */
  void recovering(String because);

  /** A wake-up found nothing to do. */
  void staleTimer();

  /** An event on an input topic concerned no saga. */
  void notForUs(String topic);
}
