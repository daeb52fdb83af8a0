package io.skald.participant;

import io.skald.saga.message.Outcome;

/** Hears what a participant does, for metrics. Called by the threads that run commands. */
public interface ParticipantListener {

  /**
   * A command has its answer, durable where it must be.
   *
   * @param repeated whether the answer stood in the fence before this delivery
   */
  void answered(ParticipantService service, Outcome outcome, boolean repeated);

  /**
   * A record could not be read and goes to the dead letters.
   *
   * @param reason short and stable, for programs
   */
  void deadLettered(ParticipantService service, String reason);
}
