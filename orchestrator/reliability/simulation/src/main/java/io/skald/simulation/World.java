package io.skald.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.checker.Violation;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.saga.message.Participant;
import io.skald.saga.message.PayloadCodec;
import java.util.ArrayList;
import java.util.List;

/** All that there is in one run. Everything in it follows from the seed. One thread. */
final class World {

  static final PayloadCodec CODEC = new JacksonPayloadCodec(new ObjectMapper());

  /** How many processes may stand still in the middle of something at one time. */
  private static final int MOST_STANDING = 2;

  private final Trace trace = new Trace();
  private final Timeline timeline = new Timeline(trace);
  private final Faults faults;
  private final Settings settings;
  private final ShardMap shards;
  private final Network network;
  private final OrchestratorStore store;
  private final Stories stories;
  private final Mechanisms mechanisms;
  private final Chance latency;
  private final Chance laneChance;
  private final Corruption corruption;
  private final Orchestrators orchestrators;
  private final List<ParticipantGroup> participants = new ArrayList<>();
  private final Requests requests = new Requests(this);
  private final Clients clients;
  private final Approvers approvers;
  private final Operators operators;
  private final List<Violation> thrown = new ArrayList<>();
  private int standing;
  private int replies;

  World(long seed, Scale scale, Mechanisms mechanisms) {
    this.faults = new Faults(seed, scale.faults(), timeline::now);
    this.settings = Settings.draw(new Chance(seed, "settings"), scale);
    this.shards = new ShardMap(settings.shards());
    this.network = new Network(timeline, trace, settings.shards());
    this.store = new OrchestratorStore(timeline, trace, settings.shards());
    this.stories =
        new Stories(
            new Chance(seed, "stories"),
            new Chance(seed, "exclusive"),
            new Chance(seed, "children"));
    this.latency = new Chance(seed, "latency");
    this.laneChance = new Chance(seed, "lanes");
    this.corruption = new Corruption(new Chance(seed, "corruption"));
    this.mechanisms = mechanisms;
    mechanisms.inhabit(this);
    createTopics(new Chance(seed, "topics"));
    this.orchestrators = new Orchestrators(this, new Chance(seed, "orchestrators"));
    this.clients = new Clients(this, new Chance(seed, "clients"), new Chance(seed, "keys"));
    this.approvers = new Approvers(this, new Chance(seed, "approvers"));
    this.operators = new Operators(this, new Chance(seed, "operators"));
    for (Participant participant : RandomStory.PARTICIPANTS) {
      participants.add(
          new ParticipantGroup(this, participant, new Chance(seed, participant.name())));
    }
    participants.forEach(group -> group.start(settings.instances()));
    orchestrators.start(settings.orchestrators());
  }

  /**
   * Topics of commands and of starts may have other numbers of partitions than there are shards.
   */
  private void createTopics(Chance chance) {
    for (Participant participant : RandomStory.PARTICIPANTS) {
      network.broker().create(participant.commands().name(), chance.between(1, 3));
    }
    network
        .broker()
        .create(
            RandomStory.REQUESTS.name(),
            chance.oneIn(3) ? chance.between(1, 5) : settings.shards());
  }

  // --- standing still

  boolean canStandStill() {
    return standing < MOST_STANDING;
  }

  /** The caller's thread stands still so long, while all others go on. */
  void standStill(long micros) {
    standing++;
    timeline.runUntil(timeline.now() + micros);
    standing--;
  }

  // --- what is in it

  Trace trace() {
    return trace;
  }

  Timeline timeline() {
    return timeline;
  }

  Faults faults() {
    return faults;
  }

  Settings settings() {
    return settings;
  }

  ShardMap shards() {
    return shards;
  }

  Network network() {
    return network;
  }

  OrchestratorStore store() {
    return store;
  }

  Stories stories() {
    return stories;
  }

  Mechanisms mechanisms() {
    return mechanisms;
  }

  /** For how long things take. */
  Chance latency() {
    return latency;
  }

  /** For what lanes draw. */
  Chance laneChance() {
    return laneChance;
  }

  Corruption corruption() {
    return corruption;
  }

  Orchestrators orchestrators() {
    return orchestrators;
  }

  List<ParticipantGroup> participants() {
    return participants;
  }

  /** How people and services ask something of sagas. */
  Requests requests() {
    return requests;
  }

  Clients clients() {
    return clients;
  }

  Approvers approvers() {
    return approvers;
  }

  Operators operators() {
    return operators;
  }

  /** What the machine has thrown. */
  List<Violation> thrown() {
    return thrown;
  }

  String nextReplyId() {
    return "reply-" + ++replies;
  }
}
