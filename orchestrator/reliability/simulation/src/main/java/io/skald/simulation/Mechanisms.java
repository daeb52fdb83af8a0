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

/** The parts that keep the laws, as production has them. One for each run. */
class Mechanisms {

  /** Called once, before anything else. */
  void inhabit(World world) {}

  FenceStore fence(ParticipantStore store, ParticipantGroup group) {
    return store;
  }

  Journal journal(Journal store, String node) {
    return store;
  }

  SagaMachine machine() {
    return new SagaMachine(World.CODEC);
  }

  RecordReader reader(Definitions definitions) {
    return new WireReader(definitions, World.CODEC, Stories.REQUESTS);
  }

  MessageWriter writer() {
    return new WireWriter(Stories.REQUESTS, Stories.EVENTS);
  }

  InputSource source(InputSource source, String node) {
    return source;
  }
}
