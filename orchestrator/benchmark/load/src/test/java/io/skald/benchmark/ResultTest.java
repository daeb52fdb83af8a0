package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ResultTest {

  @Test
  void shouldGivePercentiles_whenLatenciesAreRecorded() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.record(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    Latencies.Summary summary = Latencies.Summary.of(latencies.interval());

    assertThat(summary.count()).isEqualTo(1000);
    assertThat(summary.p50()).isCloseTo(500, within(1.0));
    assertThat(summary.p90()).isCloseTo(900, within(1.0));
    assertThat(summary.p99()).isCloseTo(990, within(1.0));
    assertThat(summary.p999()).isCloseTo(999, within(1.0));
    assertThat(summary.max()).isCloseTo(1000, within(1.0));
    assertThat(Latencies.Summary.of(latencies.interval()))
        .isEqualTo(new Latencies.Summary(0, 0, 0, 0, 0, 0));
  }

  @Test
  void shouldWriteAllFigures_whenAllAreMeasured() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ResultJson.of(Results.full()));

    assertThat(json.path("sagasPerSecond").asDouble()).isEqualTo(500);
    assertThat(json.path("inFlight").asInt()).isEqualTo(64);
    assertThat(json.at("/latencyMillis/p50").asDouble()).isCloseTo(2500, within(3.0));
    assertThat(json.at("/latencyMillis/max").asDouble()).isCloseTo(5000, within(3.0));
    assertThat(json.at("/lone/p99").asDouble()).isEqualTo(9);
    assertThat(json.path("errors").asInt()).isEqualTo(3);
    assertThat(json.at("/errorReasons/status 500").asInt()).isEqualTo(1);
    assertThat(json.path("balanced").asBoolean(true)).isFalse();
    assertThat(json.at("/balanceFaults/0").asText()).contains("found 2");
    assertThat(json.path("unfinished").asLong(-1)).isZero();
    assertThat(json.at("/cpuMillisPerSaga/orchestrator").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/benchCpuMillisPerSaga/participants").asDouble()).isEqualTo(0.2);
    assertThat(json.path("othersCpuShare").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/postgresPerSaga/commits").asDouble()).isEqualTo(3);
    assertThat(json.at("/engine/inputsPerCommit").asDouble()).isEqualTo(20);
    assertThat(json.at("/engine/commitsPerSaga").asDouble()).isEqualTo(0.2);
    assertThat(json.at("/yardstick/singleRowCommitsPerSecond").asDouble()).isEqualTo(10_000);
    assertThat(json.at("/yardstick/batchedRowsPerSecond").asDouble()).isEqualTo(70_000);
    assertThat(json.path("sagasPerSingleRowCommit").asDouble()).isEqualTo(0.05);
    assertThat(json.at("/sweep/0/inFlight").asInt()).isEqualTo(8);
    assertThat(json.at("/sweep/0/sagasPerSecond").asDouble()).isEqualTo(100);
    assertThat(json.at("/scale/0/longestPauseMillis").asDouble()).isEqualTo(1234);
    assertThat(json.at("/timers/fired").asInt()).isEqualTo(99);
    assertThat(json.at("/timers/lateMillis/p99").asDouble()).isEqualTo(3);
    assertThat(json.at("/settings/set/SKALD_LANES_COUNT").asText()).isEqualTo("4");
    assertThat(json.at("/machine/processors").asInt()).isEqualTo(2);
    assertThat(json.at("/versions/skald").asText()).isEqualTo("abc1234-dirty");
    assertThat(json.at("/versions/kafka").asText()).isEqualTo("4.9");
    assertThat(json.at("/versions/postgresql").asText()).isEqualTo("18.9");
  }

  @Test
  void shouldTellAPerson_whenAllIsMeasured() {
    assertThat(ResultTable.of(Results.full()))
        .contains("500.0")
        .contains("Skald abc1234-dirty, Kafka 4.9, PostgreSQL 18.9")
        .contains("2 x Not ended within 60 s")
        .contains("Expected 1, but found 2")
        .contains("bench 2.000   orchestrator 0.500")
        .contains("20.0 inputs per commit")
        .contains("longest pause of a shard 1234 ms (shard 3)")
        .contains("10000 single-row commits/s");
  }

  @Test
  void shouldLeaveOut_whatWasNotMeasured() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ResultJson.of(Results.empty()));

    assertThat(json.path("errors").asInt(-1)).isZero();
    for (String absent :
        new String[] {
          "lone",
          "balanced",
          "unfinished",
          "cpuMillisPerSaga",
          "postgresPerSaga",
          "yardstick",
          "sagasPerSecond",
          "sweep",
          "scale"
        }) {
      assertThat(json.has(absent)).as(absent).isFalse();
    }
    assertThat(ResultTable.of(Results.empty())).contains("not known");
  }

  @Test
  void shouldReadProcessTimes_whenTheNameOfTheProcessIsOdd() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 1 2 3 4 100 20 7 3 20 0 30 0 5 6 7";

    assertThat(CpuClock.millis(stat, false)).isEqualTo(1200);
    assertThat(CpuClock.millis(stat, true)).isEqualTo(1300);
    assertThat(CpuClock.busyMillis("cpu  10 1 20 900 50 2 3 0 0 0")).isEqualTo(360);
  }

  @Test
  void shouldAddUpMetrics_whateverTheirLabels() {
    var sums =
        EngineCounters.parse(
            """
            # HELP skald_inputs_total what
            skald_inputs_total{verdict="applied"} 40.0
            skald_inputs_total{verdict="ignored_late"} 2.0
            jvm_gc_pause_seconds_count{cause="End of minor GC"} 3
            skald_transitions_total 41.0
            """);

    assertThat(sums)
        .containsEntry("skald_inputs_total", 42.0)
        .containsEntry("jvm_gc_pause_seconds_count", 3.0)
        .containsEntry("skald_transitions_total", 41.0);
  }

  @Test
  void shouldKnowWhatAThreadIsFor_byItsName() {
    assertThat(ThreadCpu.part("kafka-producer-network-thread | bench-participants"))
        .isEqualTo("participants");
    assertThat(ThreadCpu.part("HttpClient-1-SelectorManager")).isEqualTo("generator");
    assertThat(ThreadCpu.part("bench-endings")).isEqualTo("endings");
    assertThat(ThreadCpu.part("main")).isEqualTo("rest");
  }
}
