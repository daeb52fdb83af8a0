package io.skald.simulation;

import io.skald.participant.ParticipantListener;
import io.skald.participant.ParticipantService;
import io.skald.saga.message.Outcome;

/** Counts what participants answer. */
final class Census implements ParticipantListener {

  private long answered;
  private long repeated;
  private long deadLettered;

  @Override
  public void answered(ParticipantService service, Outcome outcome, boolean again) {
    answered++;
    if (again) {
      repeated++;
    }
  }

  @Override
  public void deadLettered(ParticipantService service, String reason) {
    deadLettered++;
  }

  long answered() {
    return answered;
  }

  long repeated() {
    return repeated;
  }

  long deadLettered() {
    return deadLettered;
  }
}
