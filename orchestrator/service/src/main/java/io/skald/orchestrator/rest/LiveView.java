package io.skald.orchestrator.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many sagas of a version have not ended. */
@Schema(name = "Live", description = "How many sagas of this version have not ended.")
record LiveView(long queued, long running, long compensating, long parked, long held) {

  static final LiveView NONE = new LiveView(0, 0, 0, 0, 0);

  LiveView and(LiveView other) {
    return new LiveView(
        queued + other.queued,
        running + other.running,
        compensating + other.compensating,
        parked + other.parked,
        held + other.held);
  }
}
