package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.chaos.audit.Totals;
import io.skald.chaos.audit.Verdict;
import io.skald.chaos.load.Load;
import io.skald.chaos.recovery.Rest;
import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.saga.message.WireHeaders;
import io.skald.saga.message.crash.CrashPoint;
import io.skald.standalone.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
 * Ends a process at each of its durable boundaries while orders come, and lets it start again: one
 * orchestrator, and one process for all participants. At last every saga must have ended with one
 * effect, which is the checker's to say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashPointIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration REST = Duration.ofMinutes(2);
  private static final int ORDERS_PER_SECOND = 20;
  private static final long SEED = 1;

  /** Hosts all of them: their hooks are the same code. */
  private static final Host PARTICIPANTS = Host.ORDER;

  private final Instant begin = Instant.now();
  private ChaosStack stack;
  private Load load;

  @BeforeAll
  void start() {
    stack =
        ChaosStack.start(
            Path.of("target", "crash-points"),
            repository(),
            Map.of(
                Host.ORCHESTRATOR,
                ChaosStack.impatient().getOrDefault(Host.ORCHESTRATOR, Map.of()),
                PARTICIPANTS,
                Map.of("SHOP_PARTICIPANTS", "order,payment,inventory,shipping")),
            Progress.quiet());
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
  void shouldGoOn_whenProcessesEndAtABoundary(List<CrashPoint> points) throws Exception {
    // given
    for (CrashPoint point : points) {
      stack.crashAt(hostOf(point), point);
    }
    // when
    for (CrashPoint point : points) {
      provoke(point);
    }
    for (CrashPoint point : points) {
      Awaitility.await(point.label()).atMost(PATIENCE).until(() -> stack.hasCrashed(hostOf(point)));
      if (!stack.process(hostOf(point)).isHealthy()) {
        // At once, without the growing pauses of one that dies again and again.
        stack.restart(hostOf(point));
      }
    }
    // then
    long before = Totals.read(stack, begin).completed();
    Awaitility.await("a saga completes again after " + points)
        .atMost(PATIENCE)
        .until(() -> Totals.read(stack, begin).completed() > before);
  }

  /** Every point once; an orchestrator's and a participant's together while there are both. */
  static List<List<CrashPoint>> rounds() {
    Iterator<CrashPoint> participants = pointsOf(CrashPoint.Side.PARTICIPANT).iterator();
    List<List<CrashPoint>> rounds = new ArrayList<>();
    for (CrashPoint point : pointsOf(CrashPoint.Side.ORCHESTRATOR)) {
      rounds.add(participants.hasNext() ? List.of(point, participants.next()) : List.of(point));
    }
    participants.forEachRemaining(point -> rounds.add(List.of(point)));
    return rounds;
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
  private void provoke(CrashPoint point) throws Exception {
    Host host = hostOf(point);
    switch (point) {
      case LANE_AFTER_CLAIM, LANE_AFTER_REPUBLISH -> stack.process(host).kill();
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
      ProducerRecord<byte[], byte[]> reply = new ProducerRecord<>("payment-events", text);
      // It says that it is a reply, and to no saga.
      reply.headers().add(WireHeaders.OUTCOME, "succeeded".getBytes(StandardCharsets.UTF_8));
      producer.send(reply).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static List<CrashPoint> pointsOf(CrashPoint.Side side) {
    return Arrays.stream(CrashPoint.values()).filter(point -> point.side() == side).toList();
  }

  private static Host hostOf(CrashPoint point) {
    return point.side() == CrashPoint.Side.ORCHESTRATOR ? Host.ORCHESTRATOR : PARTICIPANTS;
  }

  private static Path repository() {
    return Path.of("..", "..", "..");
  }
}
