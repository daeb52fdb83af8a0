package io.skald.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.chaos.nemesis.Inflicted;
import io.skald.chaos.recovery.Recovered;
import io.skald.checker.report.Fault;
import io.skald.checker.report.Recovery;
import io.skald.checker.report.Report;
import io.skald.checker.report.Run;
import io.skald.checker.report.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an outcome down: figures as JSON for machines, a report for people. */
final class OutcomeFiles {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OutcomeFiles() {}

  static void writeJson(Outcome outcome, Path file) {
    try {
      write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json(outcome)) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write the figures to " + file, e);
    }
  }

  static void writeReport(Outcome outcome, Path file) {
    Run run = run(outcome);
    boolean markdown = file.toString().endsWith(".md");
    write(file, markdown ? Report.markdown(run) : Report.html(run));
  }

  static ObjectNode json(Outcome outcome) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("seed", outcome.arguments().seed());
    json.put("minutes", outcome.arguments().length().toSeconds() / 60.0);
    json.put("command", outcome.arguments().command());
    json.put("begin", outcome.begin().toString());
    json.put("sagas", outcome.totals().sagas());
    ObjectNode statuses = json.putObject("sagasByStatus");
    outcome.totals().byStatus().forEach(statuses::put);
    json.put("completionsPerSecond", rounded(outcome.completionsPerSecond()));
    ObjectNode orders = json.putObject("orders");
    orders.put("acknowledged", outcome.placed().acknowledged());
    orders.put("unknown", outcome.placed().unknown());
    orders.put("nameless", outcome.placed().nameless());
    orders.put("failed", outcome.placed().failed());
    orders.put("leftOut", outcome.placed().leftOut());
    ObjectNode answers = orders.putObject("answers");
    outcome.placed().statuses().forEach((status, count) -> answers.put(status + "", count));
    json.put("kills", outcome.kills());
    ObjectNode faults = json.putObject("faults");
    outcome.faultsByKind().forEach(faults::put);
    json.set("recoveryMillis", json(outcome.recovery()));
    json.set("recoveryAloneMillis", json(outcome.recoveryAlone()));
    ObjectNode byKind = json.putObject("recoveryMillisByKind");
    outcome.recoveryByKind().forEach((kind, spread) -> byKind.set(kind, json(spread)));
    ArrayNode unrecovered = json.putArray("unrecovered");
    outcome.unrecovered().forEach(fault -> unrecovered.add(fault.toString()));
    json.put("violations", outcome.violations().size());
    ArrayNode details = json.putArray("violationDetails");
    outcome.violations().forEach(violation -> details.add(violation.toString()));
    return json;
  }

  private static ObjectNode json(Spread spread) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("p50", spread.p50());
    json.put("p99", spread.p99());
    json.put("max", spread.max());
    json.put("count", spread.count());
    return json;
  }

  private static Run run(Outcome outcome) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("seed", outcome.arguments().seed() + "");
    figures.put("sagas", outcome.totals().sagas() + "");
    outcome.totals().byStatus().forEach((status, count) -> figures.put(status, count + ""));
    figures.put("completions per second", rounded(outcome.completionsPerSecond()) + "");
    figures.put("kills", outcome.kills() + "");
    figures.put("recovery when nothing else was wrong", outcome.recoveryAlone().toString());
    outcome
        .recoveryByKind()
        .forEach((kind, spread) -> figures.put("recovery from " + kind, spread.toString()));
    figures.put("faults not seen to be recovered from", outcome.unrecovered().size() + "");
    figures.put("orders acknowledged", outcome.placed().acknowledged() + "");
    figures.put("orders of unknown fate", outcome.placed().unknown() + "");
    figures.put("orders whose placing failed", outcome.placed().failed() + "");
    return new Run(
        "Chaos, seed " + outcome.arguments().seed(),
        outcome.arguments().command(),
        outcome.begin(),
        outcome.totals().completionsPerSecond(),
        figures,
        outcome.faults().stream().map(OutcomeFiles::fault).toList(),
        outcome.recoveries().stream().map(OutcomeFiles::recovery).toList(),
        outcome.violations());
  }

  private static Fault fault(Inflicted inflicted) {
    return new Fault(
        inflicted.begin(),
        inflicted.end(),
        inflicted.fault().kind().label(),
        inflicted.fault().target());
  }

  private static Recovery recovery(Recovered recovered) {
    return new Recovery(fault(recovered.inflicted()), recovered.from(), recovered.took());
  }

  private static double rounded(double figure) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.2f", figure));
  }

  private static void write(Path file, String text) {
    try {
      @Nullable Path directory = file.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write " + file, e);
    }
  }
}
