package io.skald.simulation;

import io.skald.orchestrator.lane.MessageSink;

/** Nobody waits for this receipt. */
final class Unheard implements MessageSink.Receipt {

  @Override
  public void acknowledged() {}

  @Override
  public void failed(Exception cause) {}
}
