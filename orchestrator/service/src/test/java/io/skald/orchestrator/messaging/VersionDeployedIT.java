package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.DefinitionRegistry;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.orchestrator.lane.Trips;
import io.skald.orchestrator.lane.Trips.Do;
import io.skald.orchestrator.lane.Trips.Done;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.WireHeaders;
import io.skald.standalone.KafkaNode;
import io.skald.standalone.KafkaOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law L10 with real servers: sagas end on the version that they were started on. */
class VersionDeployedIT {

  private static final ShardMap SHARDS = new ShardMap(4);
  private static final Set<Integer> EVERY_SHARD = Set.of(0, 1, 2, 3);
  private static final int CLIENTS = 10;
  private static final int OLD_SAGAS = 1_000;
  private static final int NEW_SAGAS = 50;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path directory;

  /** For which sagas each step was asked for: a command may come twice when shards move. */
  private final Map<String, Set<String>> asked = new HashMap<>();

  @Test
  void shouldFinishEachSagaOnItsVersion_whenANewOneIsDeployedWhileAThousandAreLive()
      throws Exception {
    try (KafkaNode kafka =
            KafkaNode.start(KafkaOptions.in(directory.resolve("kafka")).withQuickFailover());
        Database database = Database.start(directory.resolve("postgres"))) {
      Map<String, Object> common = Map.of("bootstrap.servers", kafka.bootstrapServers());
      createTopics(common);
      database.clear(SHARDS.count());
      DefinitionRegistry registry = new DefinitionRegistry(database.dataSource());
      Member.Group group = new Member.Group("stay", common, database, SHARDS);
      RequestSender requests = Member.requests(group);

      // given: sagas whose first command nobody has answered
      registry.register(List.of(stay(1)));
      Member before = member("before", group, stay(1));
      start(requests, "O-", OLD_SAGAS);
      await().atMost(LONG).until(() -> sagas(database).equals(List.of("v1 RUNNING 1000")));

      // when: one orchestrator with both versions takes the place of the other
      registry.register(List.of(stay(1), stay(2)));
      Member after = member("after", group, stay(1), stay(2));
      await().atMost(LONG).until(() -> after.lane().shards().size() == SHARDS.count() / 2);
      before.stop();
      await().atMost(LONG).until(() -> after.lane().shards().size() == SHARDS.count());
      start(requests, "N-", NEW_SAGAS);

      // then
      try (Participants participants = new Participants(common)) {
        await()
            .atMost(LONG)
            .until(
                () -> {
                  participants.answer();
                  return sagas(database).equals(List.of("v1 COMPLETED 1000", "v2 COMPLETED 50"));
                });
      }
      assertThat(asked).containsOnlyKeys("room", "breakfast", "garage");
      assertThat(asked.get("breakfast")).hasSize(OLD_SAGAS).allMatch(key -> key.startsWith("O-"));
      assertThat(asked.get("garage")).hasSize(NEW_SAGAS).allMatch(key -> key.startsWith("N-"));
      requests.close();
      after.stop();
    }
  }

  /** A room, and behind it something else in each version. */
  private static SagaDefinition<Trip> stay(int version) {
    String extra = version == 1 ? "breakfast" : "garage";
    Participant other = version == 1 ? Trips.BANK : Trips.FLIGHT;
    return Saga.define("stay", version, Trip.class)
        .startedByApi()
        .step("room", Trips.HOTEL, Do.class, trip -> new Do(trip.id(), "room"))
        .timeout(Duration.ofHours(1))
        .nothingToCompensate()
        .step(extra, other, Do.class, trip -> new Do(trip.id(), extra))
        .timeout(Duration.ofHours(1))
        .nothingToCompensate()
        .build();
  }

  private static Member member(String name, Member.Group group, SagaDefinition<?>... deployed) {
    Map<String, Integer> topics = new HashMap<>(Map.of(group.requests(), SHARDS.count()));
    for (SagaDefinition<?> definition : deployed) {
      definition.inputTopics().forEach(topic -> topics.put(topic.name(), SHARDS.count()));
    }
    return new Member(name, group, List.of(deployed), topics);
  }

  private static void createTopics(Map<String, Object> common) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : List.of("stay-requests", "stay-lifecycle")) {
      topics.add(new NewTopic(name, SHARDS.count(), (short) 1));
    }
    for (Participant participant : List.of(Trips.HOTEL, Trips.BANK, Trips.FLIGHT)) {
      topics.add(new NewTopic(participant.commands().name(), SHARDS.count(), (short) 1));
      topics.add(new NewTopic(participant.events().name(), SHARDS.count(), (short) 1));
    }
    try (Admin admin = Admin.create(common)) {
      admin.createTopics(topics).all().get();
    }
  }

  private static void start(RequestSender requests, String prefix, int count) throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Answer>> started = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String key = prefix + i;
        String data = Records.CODEC.encode(new Trip(key, List.of()));
        started.add(
            clients.submit(() -> requests.start("stay", SagaId.forKey("stay", key), key, data)));
      }
      for (Future<Answer> one : started) {
        one.get();
      }
    }
  }

  private static List<String> sagas(Database database) {
    return database.query(
        """
        select 'v' || version || ' ' || status || ' ' || count(*) from sagas
        group by version, status order by 1
        """);
  }

  /** All of them, who always say yes. */
  private final class Participants implements AutoCloseable {

    private final KafkaSource source;
    private final KafkaSink sink;

    Participants(Map<String, Object> common) {
      Map<String, Integer> topics = new HashMap<>();
      for (Participant participant : List.of(Trips.HOTEL, Trips.BANK, Trips.FLIGHT)) {
        topics.put(participant.commands().name(), SHARDS.count());
      }
      source = new KafkaSource(common, SHARDS, topics, 500, new Gathering(Duration.ofMillis(2)));
      source.assign(EVERY_SHARD, EVERY_SHARD, Map.of());
      sink = new KafkaSink(common, null);
    }

    void answer() {
      List<OutgoingMessage> replies = new ArrayList<>();
      for (Envelope command : source.poll(Duration.ofMillis(100))) {
        asked
            .computeIfAbsent(
                command.header(WireHeaders.STEP).orElseThrow(), step -> new HashSet<>())
            .add(command.key().orElseThrow());
        replies.add(reply(command));
      }
      sink.sendAndWait(replies, LONG);
    }

    private static OutgoingMessage reply(Envelope command) {
      Map<String, String> headers = new HashMap<>(command.headers());
      headers.merge(WireHeaders.ID, "-reply", String::concat);
      headers.put(WireHeaders.TYPE, Done.class.getSimpleName());
      headers.put(WireHeaders.OUTCOME, Outcome.SUCCEEDED.wireName());
      return new OutgoingMessage(
          command.from().topic().replace("-commands", "-events"),
          OptionalInt.of(Integer.parseInt(command.header(WireHeaders.SHARD).orElseThrow())),
          command.key().orElseThrow(),
          headers,
          Records.CODEC.encode(new Done("yes")).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      source.close();
      sink.close();
    }
  }
}
