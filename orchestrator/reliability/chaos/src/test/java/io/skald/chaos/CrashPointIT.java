package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.chaos.audit.Totals;
import io.skald.chaos.audit.Verdict;
import io.skald.chaos.load.Load;
import io.skald.chaos.recovery.Rest;
import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.saga.message.crash.CrashPoint;
import io.skald.standalone.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ends processes at each of their durable boundaries while orders come, and lets them start again:
 * two orchestrators, and one process for all participants, at a time. At last every saga must have
 * ended with one effect, which is the checker's to say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashPointIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration REST = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final String REQUESTS = "saga-requests";
  private static final int ORDERS_PER_SECOND = 10;
  private static final long SEED = 1;

  private static final Set<CrashPoint> CLAIMS =
      EnumSet.of(
          CrashPoint.LANE_BEFORE_CLAIM,
          CrashPoint.LANE_AFTER_CLAIM,
          CrashPoint.LANE_AFTER_REPUBLISH);

  /** Hosts all of them: their hooks are the same code. */
  private static final Host PARTICIPANTS = Host.ORDER;

  private final Instant begin = Instant.now();
  private ChaosStack stack;
  private Load load;

  @BeforeAll
  void start() {
    stack =
        ChaosStack.start(
            Path.of("target", "crash-points"), repository(), environments(), Progress.quiet());
    load = new Load(stack, SEED, ORDERS_PER_SECOND);
    load.start();
  }

  @AfterAll
  void stop() {
    if (load != null) {
      load.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("rounds")
  void shouldGoOn_whenProcessesEndAtABoundary(Map<Host, CrashPoint> points) throws Exception {
    try {
      // given
      points.forEach(stack::crashAt);
      // when
      for (Map.Entry<Host, CrashPoint> point : points.entrySet()) {
        provoke(point.getValue(), point.getKey());
      }
      Awaitility.await().atMost(PATIENCE).pollInterval(LOOK).until(() -> allHaveCrashed(points));
      CompletableFuture.allOf(
              points.keySet().stream()
                  .map(host -> CompletableFuture.runAsync(() -> revive(host)))
                  .toArray(CompletableFuture[]::new))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      // then
      long before = Totals.read(stack, begin).completed();
      Awaitility.await("a saga completes again")
          .atMost(PATIENCE)
          .until(() -> Totals.read(stack, begin).completed() > before);
    } finally {
      points.keySet().forEach(stack::crashNoMore);
    }
  }

  /** Every point once, in as few rounds as there are processes to end at a time. */
  static List<Map<Host, CrashPoint>> rounds() {
    List<CrashPoint> lanes = pointsOf(CrashPoint.Side.ORCHESTRATOR);
    List<CrashPoint> handlers = pointsOf(CrashPoint.Side.PARTICIPANT);
    int half = (lanes.size() + 1) / 2;
    List<Map<Host, CrashPoint>> rounds = new ArrayList<>();
    for (int i = 0; i < Math.max(half, handlers.size()); i++) {
      Map<Host, CrashPoint> round = new EnumMap<>(Host.class);
      add(round, Host.ORCHESTRATOR, lanes.subList(0, half), i);
      add(round, Host.ORCHESTRATOR_2, lanes.subList(half, lanes.size()), i);
      add(round, PARTICIPANTS, handlers, i);
      rounds.add(round);
    }
    return rounds;
  }

  private static void add(
      Map<Host, CrashPoint> round, Host host, List<CrashPoint> points, int number) {
    if (number < points.size()) {
      round.put(host, points.get(number));
    }
  }

  /** At once, without the growing pauses of one that dies again and again. */
  private void revive(Host host) {
    if (stack.process(host).isAlive()) {
      stack.process(host).awaitHealthy(PATIENCE);
    } else {
      stack.restart(host);
    }
  }

  /**
   * One that is up again and has still not come by needs another reason to, unless it has only just
   * started: then it will claim its shards soon.
   */
  private boolean allHaveCrashed(Map<Host, CrashPoint> points) throws Exception {
    boolean all = true;
    for (Map.Entry<Host, CrashPoint> point : points.entrySet()) {
      Host host = point.getKey();
      if (!stack.hasCrashed(host)) {
        all = false;
        if (!CLAIMS.contains(point.getValue()) && stack.process(host).isHealthy()) {
          provoke(point.getValue(), host);
        }
      }
    }
    return all;
  }

  @Order(2)
  @Test
  void shouldHaveOneEffectOfEachSaga_whenAllHasComeToRest() throws Exception {
    // when
    load.stop();
    boolean atRest = new Rest(stack, Progress.quiet()).await(REST);
    // then
    assertThat(Verdict.on(stack, load, List.of(), Optional.empty(), atRest)).isEmpty();
    assertThat(load.starts()).isNotEmpty();
    assertThat(Totals.read(stack, begin).byStatus()).containsOnlyKeys("COMPLETED", "COMPENSATED");
  }

  /** Most points are on every order's way; these are not. */
  private void provoke(CrashPoint point, Host host) throws Exception {
    switch (point) {
      case LANE_BEFORE_CLAIM, LANE_AFTER_CLAIM, LANE_AFTER_REPUBLISH -> stack.process(host).kill();
      case LANE_BEFORE_SIDE_MESSAGES, LANE_AFTER_SIDE_MESSAGES -> sendWhatNobodyCanRead();
      case LANE_BEFORE_WATERMARK, LANE_AFTER_WATERMARK -> stack.restart(host);
      default -> {}
    }
  }

  private void sendWhatNobodyCanRead() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] text = "no JSON".getBytes(StandardCharsets.UTF_8);
      // One to each shard: some of them are the one's that is to end.
      for (PartitionInfo shard : producer.partitionsFor(REQUESTS)) {
        producer
            .send(new ProducerRecord<>(REQUESTS, shard.partition(), null, text))
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static Map<Host, Map<String, String>> environments() {
    Map<Host, Map<String, String>> environments = ChaosStack.impatient();
    environments.keySet().retainAll(Host.orchestrators());
    environments.put(PARTICIPANTS, Map.of("SHOP_PARTICIPANTS", "order,payment,inventory,shipping"));
    // None of them lives for long, so what it costs to compile well is never earned back.
    environments.replaceAll((host, environment) -> with(environment, "-XX:TieredStopAtLevel=1"));
    return environments;
  }

  private static Map<String, String> with(Map<String, String> environment, String javaOption) {
    Map<String, String> more = new HashMap<>(environment);
    more.put("JDK_JAVA_OPTIONS", javaOption);
    return more;
  }

  private static List<CrashPoint> pointsOf(CrashPoint.Side side) {
    return Arrays.stream(CrashPoint.values()).filter(point -> point.side() == side).toList();
  }

  private static Path repository() {
    return Path.of("..", "..", "..");
  }
}
