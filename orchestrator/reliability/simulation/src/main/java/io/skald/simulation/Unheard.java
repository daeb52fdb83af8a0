package io.skald.simulation;

import io.skald.orchestrator.lane.MessageSink;
import io.skald.participant.ParticipantListener;
import io.skald.participant.ParticipantService;
import io.skald.saga.message.Outcome;

/** Nobody listens. */
final class Unheard implements MessageSink.Receipt, ParticipantListener {

  @Override
  public void acknowledged() {}

  @Override
  public void failed(Exception cause) {}

  @Override
  public void answered(ParticipantService service, Outcome outcome, boolean repeated) {}

  @Override
  public void deadLettered(ParticipantService service, String reason) {}
}
