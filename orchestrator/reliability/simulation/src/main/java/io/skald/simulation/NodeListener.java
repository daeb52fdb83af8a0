package io.skald.simulation;

import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.LaneListener;
import io.skald.saga.message.SagaId;
import java.time.Duration;

/** Tells clients what a lane has decided, and its node that it was not idle. */
final class NodeListener implements LaneListener {

  private final Clients clients;
  private final OrchestratorNode node;

  NodeListener(Clients clients, OrchestratorNode node) {
    this.clients = clients;
    this.node = node;
  }

  @Override
  public void decided(SagaId saga, String cause, Answer answer) {
    clients.answered(saga, cause, answer);
  }

  @Override
  public void ended(SagaId saga) {}

  @Override
  public void committed(int inputs, int transitions, Duration took) {
    node.hasCommitted();
  }

  @Override
  public void deadLettered(String topic, String because) {}

  @Override
  public void forwarded(String topic) {}

  @Override
  public void recovering(String because) {}

  @Override
  public void staleTimer() {}

  @Override
  public void notForUs(String topic) {}
}
