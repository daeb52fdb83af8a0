package io.skald.simulation;

import io.skald.machine.SagaMachine;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.InputSource;
import io.skald.orchestrator.lane.Journal;
import io.skald.orchestrator.lane.MessageWriter;
import io.skald.orchestrator.lane.RecordReader;
import io.skald.orchestrator.messaging.WireReader;
import io.skald.orchestrator.messaging.WireWriter;
import io.skald.participant.FenceStore;
import io.skald.participant.RecordSender;
import org.jspecify.annotations.Nullable;

/** The parts that keep the laws, as production has them. One for each run. */
class Mechanisms {

  private @Nullable World world;

  /** Called once, before anything else. */
  final void inhabit(World inhabited) {
    world = inhabited;
  }

  final World world() {
    if (world == null) {
      throw new IllegalStateException("Expected to be in a world by now");
    }
    return world;
  }

  FenceStore fence(ParticipantStore store, ParticipantGroup group) {
    return store;
  }

  RecordSender sender(RecordSender sender) {
    return sender;
  }

  /** Whether a participant's offsets wait for Kafka to acknowledge its replies. */
  boolean awaitsReplies() {
    return true;
  }

  Journal journal(OrchestratorStore store) {
    return store.noting();
  }

  SagaMachine machine() {
    return new WatchedMachine(world().thrown());
  }

  RecordReader reader(Definitions definitions) {
    return new WireReader(definitions, World.CODEC, Stories.REQUESTS);
  }

  MessageWriter writer() {
    return new WireWriter(Stories.REQUESTS, Stories.EVENTS);
  }

  InputSource source(InputSource source) {
    return source;
  }
}
