package io.skald.orchestrator.versions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.skald.machine.SagaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome of a check.
 *
 * @param database where the sagas are
 * @param faults what is wrong with the build itself
 * @param versions what it means for each version
 */
record CheckReport(String database, List<String> faults, List<VersionReport> versions) {

  private record Json(
      String database, boolean broken, List<String> faults, List<VersionReport> versions) {}

  CheckReport {
    faults = List.copyOf(faults);
    versions = List.copyOf(versions);
  }

  boolean isBroken() {
    return !faults.isEmpty() || broken() > 0;
  }

  private long broken() {
    return versions.stream().filter(version -> version.verdict() == Verdict.BROKEN).count();
  }

  /** For programs. */
  String json() {
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(new Json(database, isBroken(), faults, versions));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a report to be writable as JSON", e);
    }
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("The definitions of the build and the live sagas of " + database);
    for (String fault : faults) {
      lines.add("");
      lines.add("The build is at fault: " + fault);
    }
    versions.forEach(version -> addVersion(version, lines));
    lines.add("");
    versions.stream()
        .filter(VersionReport::canBeDropped)
        .forEach(
            version ->
                lines.add(
                    version.name()
                        + " has no live saga: it can be dropped from the build once no orchestrator"
                        + " of an older build runs."));
    lines.add(
        isBroken()
            ? "Broken: " + (broken() + faults.size()) + ". Do not deploy this build."
            : "Nothing is broken.");
    return lines;
  }

  private static void addVersion(VersionReport version, List<String> lines) {
    lines.add("");
    lines.add(version.name() + ": " + version.verdict() + "; " + version.why());
    lines.add("  " + live(version));
    version.differences().forEach(difference -> lines.add("  differs: " + difference));
    if (version.live() == 0) {
      return;
    }
    int width = version.steps().stream().mapToInt(step -> step.step().length()).max().orElse(0);
    String form = "  %-" + Math.max(width, "step".length()) + "s  %-9s %9s %9s";
    lines.add(form.formatted("step", "", "at it", "to come"));
    for (StepReport step : version.steps()) {
      lines.add(form.formatted(step.step(), step.verdict(), step.at(), step.toCome()));
    }
  }

  private static String live(VersionReport version) {
    if (version.live() == 0) {
      return "no live sagas";
    }
    Map<SagaStatus, Long> counts = new TreeMap<>(version.byStatus());
    List<String> parts = new ArrayList<>();
    counts.forEach((status, count) -> parts.add(count + " " + status));
    return version.live() + " live sagas: " + String.join(", ", parts);
  }
}
