package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.journal.Database;
import io.skald.orchestrator.journal.PostgresJournal;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.ShardMap;
import io.skald.orchestrator.lane.Trips;
import io.skald.saga.Saga;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.standalone.KafkaNode;
import io.skald.standalone.KafkaOptions;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What only a real broker shows. */
class KafkaIT {

  private static final int SHARDS = 4;
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path directory;

  private static KafkaNode kafka;
  private static Map<String, Object> common;

  @BeforeAll
  static void start() {
    kafka = KafkaNode.start(KafkaOptions.in(directory.resolve("kafka")).withQuickFailover());
    common = Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static void create(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(common)) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  private static OutgoingMessage message(String topic, int partition, String value) {
    return new OutgoingMessage(
        topic,
        OptionalInt.of(partition),
        "key",
        Map.of("name", "ä " + value),
        value.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(String topic, int partition, String... values) {
    KafkaSink sink = new KafkaSink(common, null);
    for (String value : values) {
      sink.sendAndWait(List.of(message(topic, partition, value)), LONG);
    }
    sink.close();
  }

  private static KafkaSource source(Map<String, Integer> topics, int maxRecords) {
    return new KafkaSource(
        common, new ShardMap(SHARDS), topics, maxRecords, new Gathering(Duration.ofMillis(2)));
  }

  private static List<String> read(KafkaSource source, int count) {
    List<String> values = new ArrayList<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              source.poll(Duration.ofMillis(100)).forEach(record -> values.add(text(record)));
              return values.size() >= count;
            });
    return values;
  }

  private static String text(Envelope record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static String topic(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName().replaceAll("\\W", "") + "-t";
  }

  // --- the source

  @Test
  void shouldTellWhatIsStillToBeRead_whenItHasReadAPart(TestInfo test) throws Exception {
    // given
    String topic = topic(test);
    create(topic, SHARDS);
    send(topic, 1, "a", "b", "c", "d", "e", "f", "g", "h");
    KafkaSource source = source(Map.of(topic, SHARDS), 1);
    source.assign(Set.of(1), Set.of(1), Map.of());

    // when
    int before = read(source, 1).size();

    // then
    assertThat(source.lag()).isEqualTo(8 - before);
    read(source, 8 - before);
    assertThat(source.lag()).isZero();
    source.close();
  }

  @Test
  void shouldWaitNoLonger_whenWokenUp(TestInfo test) throws Exception {
    // given
    String topic = topic(test);
    create(topic, SHARDS);
    send(topic, 1, "a");
    KafkaSource source = source(Map.of(topic, SHARDS), 100);
    source.assign(Set.of(1), Set.of(1), Map.of());
    assertThat(read(source, 1)).containsExactly("a");

    // when
    CountDownLatch polling = new CountDownLatch(1);
    CompletableFuture<List<Envelope>> poll =
        CompletableFuture.supplyAsync(
            () -> {
              polling.countDown();
              return source.poll(Duration.ofMinutes(5));
            });
    assertThat(polling.await(10, TimeUnit.SECONDS)).isTrue();
    source.wakeUp();

    // then
    assertThat(poll.get(20, TimeUnit.SECONDS)).isEmpty();

    // when: it is woken up at odd places
    source.wakeUp();
    assertThat(source.ends(Set.of(1))).hasSize(1);
    source.wakeUp();
    source.assign(Set.of(1, 2), Set.of(2), Map.of());
    source.hasReached(Map.of());
    send(topic, 2, "b");

    // then
    assertThat(read(source, 1)).containsExactly("b");
    source.wakeUp();
    source.close();
  }

  // --- the sink

  @Test
  void shouldTakeADeadLetter_whateverItWasMadeOf(TestInfo test) throws Exception {
    // given: as large as a broker allows
    String topic = topic(test);
    create(topic, SHARDS);
    create(topic + "-dlq", SHARDS);
    Envelope record =
        new Envelope(
            new InputPartition(topic, 1),
            0,
            Optional.of("k"),
            Map.of("h", "ü".repeat(100_000)),
            new byte[1_040_000]);

    // then
    KafkaSink sink = new KafkaSink(common, null);
    sink.sendAndWait(List.of(Records.writer().deadLetter(record, "x".repeat(9_999))), LONG);
    sink.close();
  }

  // --- topics

  private static SkaldConfig config(String prefix, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("skald.shards.count", "4");
    properties.put("skald.topics.requests", prefix + "-requests");
    properties.put("skald.topics.events", prefix + "-lifecycle");
    properties.put("skald.topics.start-timeout", "10s");
    properties.putAll(more);
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withMapping(SkaldConfig.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(SkaldConfig.class);
  }

  @Test
  void shouldCreateWhatIsMissingAndCheckTheRest_whenTopicsArePrepared() throws Exception {
    // given: a topic that only starts sagas may have any number of partitions
    create("trip-requests", 7);
    Topics topics =
        new Topics(common, config("made", Map.of()), new Definitions(List.of(Trips.trip())));

    // when
    Map<String, Integer> counts = topics.prepare().inputs();

    // then
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "made-requests", 4,
                "trip-requests", 7,
                "hotel-events", 4,
                "flight-events", 4,
                "bank-events", 4));
    try (Admin admin = Admin.create(common)) {
      assertThat(new TreeSet<>(admin.listTopics().names().get()))
          .contains(
              "made-requests-dlq",
              "made-lifecycle",
              "hotel-commands",
              "hotel-commands-dlq",
              "hotel-events-dlq",
              "trip-requests-dlq");
    }
    assertThat(topics.prepare()).isEqualTo(new Topics.Prepared(counts, List.of()));
  }

  @Test
  void shouldSayWhichTopicAndWhatToDo_whenAPartitionCountIsWrong() throws Exception {
    // given
    create("wrong-requests", 3);
    Topics topics =
        new Topics(common, config("wrong", Map.of()), new Definitions(List.of(Trips.trip())));

    // then
    assertThat(topics.prepare().faults())
        .singleElement()
        .asString()
        .contains("Topic 'wrong-requests' has 3 partitions")
        .contains("skald.shards.count is 4")
        .contains("Recreate the topic");
  }

  @Test
  void shouldSayWhatIsMissingAndWhatIsWrongTogether_whenItMayNotCreateAny() throws Exception {
    // given: a participant without topics, one with too few partitions, and no request topic
    create("known-events", 2);
    for (String topic : List.of("known-commands", "known-commands-dlq", "known-events-dlq")) {
      create(topic, 1);
    }
    Topics topics =
        new Topics(
            common,
            config("absent", Map.of("skald.topics.create", "false")),
            new Definitions(
                List.of(
                    Saga.define("stay", 1, Trips.Trip.class)
                        .startedByApi()
                        .step("room", Participant.named("known"), Trips.Do.class, t -> doing())
                        .nothingToCompensate()
                        .step("taxi", Participant.named("nobody"), Trips.Do.class, t -> doing())
                        .nothingToCompensate()
                        .build())));

    // when
    List<String> faults = topics.prepare().faults();

    // then
    assertThat(faults).hasSize(3);
    assertThat(faults.get(0))
        .contains("Participant 'nobody' is not known")
        .contains("nobody-commands, nobody-commands-dlq, nobody-events, nobody-events-dlq")
        .contains("stay v1 step 'taxi'")
        .contains("with 4 partitions each");
    assertThat(faults.get(1))
        .contains("[absent-lifecycle, absent-requests, absent-requests-dlq]")
        .contains("with 4 partitions each");
    assertThat(faults.get(2)).contains("Topic 'known-events' has 2 partitions");
  }

  private static Trips.Do doing() {
    return new Trips.Do("T-1", "any");
  }

  // --- membership

  @Test
  void shouldShareAndHandOverShards_whenMembersComeAndGo() throws Exception {
    for (String topic : List.of("group-requests", "group-lifecycle")) {
      create(topic, SHARDS);
    }
    prepareParticipants();
    try (Database database = Database.start(directory.resolve("postgres"))) {
      database.clear(SHARDS);
      PostgresJournal journal = new PostgresJournal(database.dataSource());
      Member.Group group = new Member.Group("group", common, database, new ShardMap(SHARDS));
      RequestSender requests = Member.requests(group);

      // given: one member has all shards, and runs sagas in them
      Member one = member("one", group);
      await().atMost(LONG).until(() -> one.lane().shards().size() == SHARDS);
      for (int i = 0; i < 20; i++) {
        start(requests, "T-" + i);
      }
      await().atMost(LONG).until(() -> countStarted(journal, 20) == 20);

      // when
      Member two = member("two", group);

      // then: they share, and each shard is let go before it is claimed
      await()
          .atMost(LONG)
          .until(() -> one.lane().shards().size() == 2 && two.lane().shards().size() == 2);
      assertThat(union(one, two)).containsExactlyInAnyOrder(0, 1, 2, 3);
      assertThat(one.lane().isWell() && two.lane().isWell()).isTrue();
      for (int i = 20; i < 40; i++) {
        start(requests, "T-" + i);
      }
      await().atMost(LONG).until(() -> countStarted(journal, 40) == 40);

      // when: one stops as an orchestrator does
      long begin = System.nanoTime();
      one.leave();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);

      // then: its lane has let go of its shards before others get them, and still runs
      assertThat(one.lane().shards()).isEmpty();
      await().atMost(LONG).until(() -> two.lane().shards().size() == SHARDS);
      assertThat(one.isAlive()).isTrue();
      assertThat(took).isLessThan(Duration.ofSeconds(4));
      one.end();
      for (int shard = 0; shard < SHARDS; shard++) {
        assertThat(journal.above(shard, 0)).extracting("seq").doesNotHaveDuplicates().isSorted();
      }
      for (int i = 0; i < 40; i++) {
        SagaId saga = SagaId.forKey("trip", "T-" + i);
        assertThat(journal.load(Set.of(saga)).values())
            .singleElement()
            .satisfies(stored -> assertThat(stored.state().core().steps()).hasSize(1));
      }
      two.stop();
    }
  }

  private static Member member(String name, Member.Group group) {
    return new Member(name, group, List.of(Trips.trip()), Map.of(group.requests(), SHARDS));
  }

  private static void prepareParticipants() {
    new Topics(common, config("group", Map.of()), new Definitions(List.of(Trips.trip()))).prepare();
  }

  private static Set<Integer> union(Member one, Member two) {
    Set<Integer> all = new TreeSet<>(one.lane().shards());
    all.addAll(two.lane().shards());
    return all;
  }

  private static void start(RequestSender requests, String key) throws Exception {
    requests.start(
        "trip",
        SagaId.forKey("trip", key),
        key,
        Records.CODEC.encode(new Trips.Trip(key, List.of())));
  }

  private static int countStarted(PostgresJournal journal, int sagas) {
    Set<SagaId> ids = new HashSet<>();
    for (int i = 0; i < sagas; i++) {
      ids.add(SagaId.forKey("trip", "T-" + i));
    }
    return journal.load(ids).size();
  }
}
