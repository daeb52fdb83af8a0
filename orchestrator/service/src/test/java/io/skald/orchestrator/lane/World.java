package io.skald.orchestrator.lane;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.JournalEntry;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.FakeBroker.Stored;
import io.skald.orchestrator.lane.Trips.Done;
import io.skald.orchestrator.lane.Trips.TripRequested;
import io.skald.orchestrator.lane.Trips.Undone;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.orchestrator.messaging.WireReader;
import io.skald.orchestrator.messaging.WireWriter;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.Topic;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Everything around lanes, in one thread and on one clock: a journal and a broker that outlive
 * them, and the production reader, writer and machine.
 */
final class World {

  static final int SHARDS = 4;
  static final String REQUESTS = "saga-requests";
  static final String EVENTS = "saga-events";

  static final PayloadCodec CODEC = new JacksonPayloadCodec(new ObjectMapper());

  final SettableClock clock = new SettableClock();
  final FakeBroker broker = new FakeBroker(SHARDS);
  final InMemoryJournal journal = new InMemoryJournal(SHARDS);
  final RecordingListener heard = new RecordingListener();
  final ShardMap shards = new ShardMap(SHARDS);
  private RandomGenerator random = new Random(1);
  private Definitions definitions = new Definitions(List.of(Trips.trip()));
  private LaneSettings settings =
      new LaneSettings(
          "test",
          100,
          1_000,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private int messages;

  /** A lane with its own ends of Kafka. */
  record Node(Lane lane, FakeSource source, FakeSink sink) {

    Node claim(int... shards) {
      for (int shard : shards) {
        lane.claim(shard);
      }
      return this;
    }

    Node turn() {
      lane.turn();
      return this;
    }

    /** Turns until nothing comes in any more. */
    Node turns(int count) {
      for (int i = 0; i < count; i++) {
        lane.turn();
      }
      return this;
    }
  }

  World with(SagaDefinition<?>... deployed) {
    definitions = new Definitions(List.of(deployed));
    return this;
  }

  World with(LaneSettings changed) {
    settings = changed;
    return this;
  }

  World with(RandomGenerator seeded) {
    random = seeded;
    return this;
  }

  LaneSettings settings() {
    return settings;
  }

  Definitions definitions() {
    return definitions;
  }

  Node node(String name) {
    return node(name, new WireReader(definitions, CODEC, REQUESTS), new SagaMachine(CODEC));
  }

  Node node(String name, RecordReader reader, SagaMachine machine) {
    LaneContext context =
        new LaneContext(
            new LaneSettings(
                name,
                settings.maxTimers(),
                settings.maxUnacknowledged(),
                settings.cachedSagas(),
                settings.timerHorizon(),
                settings.latePublication(),
                settings.patience()),
            shards,
            definitions,
            machine,
            journal,
            reader,
            new WireWriter(REQUESTS, EVENTS),
            heard,
            clock,
            random);
    FakeSource source = new FakeSource(broker, shards, inputTopics());
    FakeSink sink = new FakeSink(broker);
    return new Node(new Lane(name, context, source, sink), source, sink);
  }

  /** A lane that runs all shards. */
  Node lane() {
    return node("lane").claim(0, 1, 2, 3).turn();
  }

  private Set<String> inputTopics() {
    Set<String> topics = new TreeSet<>();
    topics.add(REQUESTS);
    definitions.all().forEach(d -> d.inputTopics().stream().map(Topic::name).forEach(topics::add));
    return topics;
  }

  // --- what comes in

  static SagaId id(String key) {
    return SagaId.forKey("trip", key);
  }

  int shardOf(String key) {
    return shards.ofKey(key);
  }

  /** The nth key that lives in this shard. */
  String keyIn(int shard, int n) {
    int found = 0;
    for (int i = 0; ; i++) {
      String key = "T-" + i;
      if (shardOf(key) == shard && found++ == n) {
        return key;
      }
    }
  }

  String keyIn(int shard) {
    return keyIn(shard, 0);
  }

  String nextId() {
    return "m" + ++messages;
  }

  /** The event that starts a trip, on its key's own partition. */
  void request(String key) {
    requestOn(broker.partitionsOf(Trips.REQUESTS.name()) == SHARDS ? shardOf(key) : 0, key);
  }

  void requestOn(int partition, String key) {
    Map<String, String> headers = event(TripRequested.class.getSimpleName(), key);
    put(Trips.REQUESTS.name(), partition, key, headers, CODEC.encode(new TripRequested(key)));
  }

  /** A start by API, as a request record. */
  void startByApi(String definition, SagaId id, String key, Object data) {
    Map<String, String> headers = event("StartSaga", key);
    headers.put(WireHeaders.SAGA_ID, id.toString());
    headers.put(WireHeaders.DEFINITION, definition);
    put(REQUESTS, shardOf(key), key, headers, CODEC.encode(data));
  }

  void ask(String type, String key) {
    Map<String, String> headers = event(type, key);
    headers.put(WireHeaders.SAGA_ID, id(key).toString());
    headers.put("skald_actor", "anna");
    headers.put("skald_reason", "because");
    put(REQUESTS, shardOf(key), key, headers, "{}");
  }

  Map<String, String> event(String type, String key) {
    Map<String, String> headers = new HashMap<>();
    headers.put(WireHeaders.ID, nextId());
    headers.put(WireHeaders.TYPE, type);
    headers.put(WireHeaders.SUBJECT, key);
    headers.put(WireHeaders.DATA_VERSION, "1");
    return headers;
  }

  void put(String topic, int partition, String key, Map<String, String> headers, String value) {
    broker.append(
        new OutgoingMessage(
            topic,
            OptionalInt.of(partition),
            key,
            headers,
            value.getBytes(StandardCharsets.UTF_8)));
  }

  /** The participant answers the latest command of this step, where the command wants it. */
  void reply(String key, String step, Outcome outcome) {
    Stored command = lastCommand(key, step);
    replyOn(Integer.parseInt(command.header(WireHeaders.SHARD)), key, command, outcome);
  }

  void replyOn(int partition, String recordKey, Stored command, Outcome outcome) {
    Map<String, String> headers = replyHeaders(command, outcome);
    headers.put(WireHeaders.SUBJECT, recordKey);
    put(
        command.at().topic().replace("-commands", "-events"),
        partition,
        recordKey,
        headers,
        CODEC.encode(answer(command)));
  }

  Map<String, String> replyHeaders(Stored command, Outcome outcome) {
    Map<String, String> headers = new HashMap<>(command.message().headers());
    headers.put(WireHeaders.ID, nextId());
    headers.put(WireHeaders.TYPE, answer(command).getClass().getSimpleName());
    headers.put(WireHeaders.OUTCOME, outcome.wireName());
    return headers;
  }

  private static Object answer(Stored command) {
    return command.header(WireHeaders.PHASE).equals("action")
        ? new Done("receipt of " + command.header(WireHeaders.STEP))
        : new Undone();
  }

  // --- what went out

  Stored lastCommand(String key, String step) {
    return commands(key).stream()
        .filter(command -> command.header(WireHeaders.STEP).equals(step))
        .reduce((former, later) -> later)
        .orElseThrow(() -> new AssertionError("no command for step " + step + " of " + key));
  }

  List<Stored> commands(String key) {
    return broker.everything().stream()
        .filter(record -> record.at().topic().endsWith("-commands"))
        .filter(record -> record.message().key().equals(key))
        .toList();
  }

  /** The commands that arrived, in order: {@code hotel}, or {@code -hotel} to undo it. */
  List<String> sent(String key) {
    return commands(key).stream().map(World::shortly).toList();
  }

  static String shortly(Stored command) {
    return (command.header(WireHeaders.PHASE).equals("action") ? "" : "-")
        + command.header(WireHeaders.STEP);
  }

  /** The saga's lifecycle as its subscribers heard it. */
  List<String> lifecycle(String key) {
    return broker.records(EVENTS).stream()
        .filter(record -> record.message().key().equals(key))
        .map(Stored::type)
        .toList();
  }

  List<Stored> deadLetters() {
    return broker.everything().stream()
        .filter(record -> record.at().topic().endsWith("-dlq"))
        .toList();
  }

  SagaState saga(String key) {
    return journal
        .saga(id(key))
        .orElseThrow(() -> new AssertionError("Expected a saga for key " + key));
  }

  /** What stands in the journal about a saga, of one kind. */
  <E extends JournalEntry> List<E> entries(String key, Class<E> type) {
    return journal.transitions(id(key)).stream()
        .flatMap(transition -> transition.entries().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  SagaStatus status(String key) {
    return saga(key).status();
  }

  /** Ids in the order in which they were handed over. */
  static List<String> ids(List<OutgoingMessage> messages) {
    List<String> ids = new ArrayList<>();
    messages.forEach(message -> ids.add(message.headers().getOrDefault(WireHeaders.ID, "?")));
    return ids;
  }
}
