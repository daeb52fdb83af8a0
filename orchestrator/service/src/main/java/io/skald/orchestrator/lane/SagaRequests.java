package io.skald.orchestrator.lane;

import io.skald.machine.Verdict;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;

/**
 * The way in for people and services: each call becomes a message on the orchestrator's request
 * topic, runs on the shard's owner, whichever process that is, and comes back with its answer.
 *
 * <p>All methods block; call them on a virtual thread. When one returns, what it says is durable
 * and readable. When one throws {@link UnavailableException} the request may still be carried out:
 * asking again is safe for a start with a key, and for every other request.
 */
public interface SagaRequests {

  /**
   * Starts a saga on the newest version of its definition.
   *
   * @param key the saga's key; its id as text when it has none of its own
   * @param data its first data, as the payload codec writes it
   * @return applied when this call started it; ignored, with {@code REPEATED_START} or {@code
   *     CONFLICTING_START}, when it was there already; excluded when its definition is exclusive
   *     and another saga of the key is in the way
   */
  Answer start(String definition, SagaId id, String key, String data) throws UnavailableException;

  /** Turns a saga back. */
  Verdict cancel(SagaId id, String key, String actor, String reason) throws UnavailableException;

  /** Lets a parked saga go on. */
  Verdict resume(SagaId id, String key, String actor, String reason) throws UnavailableException;

  /** Tries what waits for a retry now. */
  Verdict retry(SagaId id, String key, String actor, String reason) throws UnavailableException;

  /**
   * Takes a step of a saga for done.
   *
   * @param reply what its participant would have answered, as JSON text
   */
  Verdict skip(
      SagaId id, String key, StepName step, Phase phase, String reply, String actor, String reason)
      throws UnavailableException;

  /**
   * Gives a saga a signal that it awaits, or will.
   *
   * @param await the name of the {@code await}
   * @param signal tells signals apart: the same one again changes nothing
   * @param payload what it carries, as JSON text
   */
  Verdict signal(SagaId id, String key, StepName await, String signal, String payload)
      throws UnavailableException;

  /** Ends a saga as it is. */
  Verdict abort(SagaId id, String key, String actor, String reason) throws UnavailableException;

  /**
   * Waits until a saga has ended.
   *
   * @return false when the time passed first
   */
  boolean awaitEnd(SagaId id, Duration atMost) throws InterruptedException;
}
