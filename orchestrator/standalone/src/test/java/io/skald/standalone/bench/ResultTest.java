package io.skald.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ResultTest {
  private static final BenchArguments ARGUMENTS =
      BenchArguments.parse(new String[] {"--seconds", "10"}, Path.of("/tmp"));

  @Test
  void shouldGivePercentiles_whenLatenciesAreRecorded() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.record(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    Latencies.Summary summary = latencies.summary();

    assertThat(summary.count()).isEqualTo(1000);
    assertThat(summary.p50()).isCloseTo(500, within(1.0));
    assertThat(summary.p99()).isCloseTo(990, within(1.0));
    assertThat(summary.max()).isCloseTo(1000, within(1.0));
  }

  @Test
  void shouldGiveZeros_whenNothingIsRecorded() {
    assertThat(new Latencies().summary()).isEqualTo(new Latencies.Summary(0, 0, 0, 0));
  }

  @Test
  void shouldWriteAllFigures_whenAllAreMeasured() throws Exception {
    Result result =
        new Result(
            ARGUMENTS,
            new Latencies.Summary(5000, 12.3456, 40, 99),
            new Latencies.Summary(100, 7, 9, 10),
            Map.of("Not ended within 60 s", 2, "status 500", 1),
            Optional.of(true),
            OptionalLong.of(0),
            Optional.of(
                new CpuClock.Used(Map.of("orchestrator", 2500.0, "shop", 10_000.0), 0, 10_000)),
            Optional.of(new PostgresCounters(15_000, 5_000_000, 10_000)),
            OptionalDouble.of(10_000));

    JsonNode json = new ObjectMapper().readTree(result.json());

    assertThat(json.path("sagasPerSecond").asDouble()).isEqualTo(500);
    assertThat(json.at("/latencyMillis/p50").asDouble()).isEqualTo(12.346);
    assertThat(json.at("/latencyMillis/p99").asDouble()).isEqualTo(40);
    assertThat(json.at("/latencyMillis/max").asDouble()).isEqualTo(99);
    assertThat(json.at("/lone/p99").asDouble()).isEqualTo(9);
    assertThat(json.path("errors").asInt()).isEqualTo(3);
    assertThat(json.at("/errorReasons/status 500").asInt()).isEqualTo(1);
    assertThat(json.path("balanced").asBoolean()).isTrue();
    assertThat(json.path("unfinished").asLong(-1)).isZero();
    assertThat(json.at("/cpuMillisPerSaga/orchestrator").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/cpuMillisPerSaga/shop").asDouble()).isEqualTo(2);
    assertThat(json.at("/postgresPerSaga/commits").asDouble()).isEqualTo(3);
    assertThat(json.at("/yardstick/singleRowCommitsPerSecond").asDouble()).isEqualTo(10_000);
    assertThat(json.path("sagasPerSingleRowCommit").asDouble()).isEqualTo(0.05);
    assertThat(result.table())
        .contains("500.0")
        .contains("2 x Not ended within 60 s")
        .contains("orchestrator 0.50   shop 2.00")
        .contains("10000 single-row commits/s");
  }

  @Test
  void shouldLeaveOut_whatWasNotMeasured() throws Exception {
    Latencies.Summary none = new Latencies.Summary(0, 0, 0, 0);
    Result result =
        new Result(
            ARGUMENTS,
            none,
            none,
            Map.of(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty());

    JsonNode json = new ObjectMapper().readTree(result.json());

    assertThat(json.path("sagasPerSecond").asDouble(-1)).isZero();
    for (String absent :
        new String[] {
          "lone", "balanced", "unfinished", "cpuMillisPerSaga", "postgresPerSaga", "yardstick"
        }) {
      assertThat(json.has(absent)).as(absent).isFalse();
    }
    assertThat(result.table()).contains("not known");
  }

  @Test
  void shouldReadProcessTimes_whenTheNameOfTheProcessIsOdd() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 1 2 3 4 100 20 7 3 20 0 30 0 5 6 7";

    assertThat(CpuClock.millis(stat, false)).isEqualTo(1200);
    assertThat(CpuClock.millis(stat, true)).isEqualTo(1300);
    assertThat(CpuClock.busyMillis("cpu  10 1 20 900 50 2 3 0 0 0")).isEqualTo(360);
  }

  @Test
  void shouldNotMissAnEnd_whicheverComesFirst() {
    Completions completions = new Completions();
    Completions.Ending ending = new Completions.Ending("SagaCompleted", 7);

    completions.ended("early", ending);
    var late = completions.of("late");
    assertThat(late).isNotDone();
    completions.ended("late", ending);

    assertThat(late).isCompletedWithValue(ending);
    assertThat(completions.of("early")).isCompletedWithValue(ending);
  }
}
