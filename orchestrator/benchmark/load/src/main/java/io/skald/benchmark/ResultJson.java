package io.skald.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A result as one JSON object; what was not measured is not in it. */
final class ResultJson {
  private final Result result;
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  private ResultJson(Result result) {
    this.result = result;
  }

  static String of(Result result) {
    return new ResultJson(result).write();
  }

  private String write() {
    settings(json.putObject("settings"));
    machine(json.putObject("machine"));
    ObjectNode versions = json.putObject("versions");
    result
        .versions()
        .byName()
        .forEach((name, at) -> versions.put(name.toLowerCase(Locale.ROOT), at));
    result.best().ifPresent(best -> point(json, best));
    result.lone().ifPresent(lone -> latencies(json.putObject("lone"), lone));
    json.put("errors", result.errorCount());
    if (!result.errors().isEmpty()) {
      ObjectNode reasons = json.putObject("errorReasons");
      new TreeMap<>(result.errors()).forEach(reasons::put);
    }
    result
        .balance()
        .ifPresent(
            balance -> {
              json.put("balanced", balance.holds());
              balance.faults().forEach(fault -> json.withArray("balanceFaults").add(fault));
            });
    result.unfinished().ifPresent(value -> json.put("unfinished", value));
    result.yardstick().ifPresent(this::yardstick);
    if (result.points().size() > 1) {
      result.points().forEach(p -> point(json.withArray("sweep").addObject(), p));
    }
    result.scale().forEach(step -> scale(json.withArray("scale").addObject(), step));
    result.timers().ifPresent(this::timers);
    return json.toPrettyString();
  }

  private void settings(ObjectNode to) {
    BenchArguments arguments = result.arguments();
    to.put("profile", Flags.lower(arguments.profile()));
    to.put("participants", Flags.lower(arguments.participants()));
    to.put("start", Flags.lower(arguments.start()));
    to.put("steps", arguments.steps());
    to.put("seconds", arguments.measured().toSeconds());
    to.put("warmUp", arguments.warmUp().toSeconds());
    to.put("orchestrators", arguments.orchestrators());
    if (!arguments.fill().isNone()) {
      to.put("filledEnded", arguments.fill().ended());
      to.put("filledActive", arguments.fill().active());
    }
    if (!arguments.environment().isEmpty()) {
      ObjectNode environment = to.putObject("set");
      new TreeMap<>(arguments.environment()).forEach(environment::put);
    }
  }

  private void machine(ObjectNode to) {
    Machine machine = result.machine();
    to.put("date", machine.at().toString());
    to.put("processors", machine.processors());
    to.put("processor", machine.processor());
    to.put("memoryBytes", machine.memoryBytes());
    to.put("system", machine.system());
    to.put("java", machine.java());
  }

  private void point(ObjectNode to, Point point) {
    if (point.load().rate().isPresent()) {
      to.put("offeredPerSecond", rounded(point.load().rate().getAsDouble()));
    } else {
      to.put("inFlight", point.load().inFlight());
    }
    Measured measured = point.measured();
    to.put("sagasPerSecond", rounded(measured.sagasPerSecond()));
    latencies(to.putObject("latencyMillis"), measured.latencies());
    to.put("underWayAtEnd", measured.underWay());
    to.put("generatorSpare", rounded(measured.spare()));
    point
        .cpu()
        .ifPresent(
            used -> {
              to.put("othersCpuShare", rounded(result.othersShare(used)));
              perSaga(to.putObject("cpuMillisPerSaga"), point, used.byProcess());
              perSaga(to.putObject("benchCpuMillisPerSaga"), point, used.benchParts());
            });
    point
        .postgres()
        .ifPresent(
            counted -> {
              ObjectNode perSaga = to.putObject("postgresPerSaga");
              perSaga.put("commits", rounded(point.perSaga(counted.commits())));
              perSaga.put("walBytes", rounded(point.perSaga(counted.walBytes())));
              perSaga.put("walSyncs", rounded(point.perSaga(counted.walSyncs())));
            });
    point
        .engine()
        .ifPresent(
            counted -> {
              ObjectNode engine = to.putObject("engine");
              engine.put("commitsPerSaga", rounded(point.perSaga(counted.commits())));
              engine.put("inputsPerSaga", rounded(point.perSaga(counted.inputs())));
              engine.put("inputsPerCommit", rounded(counted.inputsPerCommit()));
              engine.put("commitsPerSecond", rounded(counted.commits() / measured.seconds()));
            });
  }

  private void yardstick(Yardstick yardstick) {
    ObjectNode to = json.putObject("yardstick");
    to.put("singleRowCommitsPerSecond", rounded(yardstick.singleRowCommitsPerSecond()));
    to.put("batchedRowsPerSecond", rounded(yardstick.batchedRowsPerSecond()));
    result
        .best()
        .ifPresent(
            best ->
                json.put(
                    "sagasPerSingleRowCommit",
                    rounded(
                        best.measured().sagasPerSecond() / yardstick.singleRowCommitsPerSecond())));
  }

  private void timers(TimersResult timers) {
    ObjectNode to = json.putObject("timers");
    to.put("count", timers.count());
    to.put("perSecond", timers.perSecond());
    to.put("fired", timers.late().count());
    latencies(to.putObject("lateMillis"), timers.late());
  }

  private static void scale(ObjectNode to, ScaleStep step) {
    to.put("orchestrators", step.orchestrators());
    to.put("changeSeconds", rounded(step.changeSeconds()));
    to.put("sagasPerSecond", rounded(step.sagasPerSecond()));
    latencies(to.putObject("latencyMillis"), step.latency());
    to.put("longestPauseMillis", rounded(step.longestPauseMillis()));
    to.put("pausedShard", step.shard());
  }

  private static void latencies(ObjectNode to, Latencies.Summary summary) {
    to.put("p50", rounded(summary.p50()));
    to.put("p90", rounded(summary.p90()));
    to.put("p99", rounded(summary.p99()));
    to.put("p999", rounded(summary.p999()));
    to.put("max", rounded(summary.max()));
  }

  private static void perSaga(ObjectNode to, Point point, Map<String, Double> millis) {
    new TreeMap<>(millis).forEach((name, value) -> to.put(name, rounded(point.perSaga(value))));
  }

  private static double rounded(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).doubleValue()
        : 0;
  }
}
