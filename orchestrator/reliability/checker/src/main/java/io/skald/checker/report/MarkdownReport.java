package io.skald.checker.report;

import io.skald.checker.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/** A run in Markdown. */
final class MarkdownReport {

  /** After so many, stories tell nothing new. */
  private static final int STORIES = 50;

  private static final int MINUTE = 60;

  private final Run run;
  private final StringJoiner lines = new StringJoiner("\n", "", "\n");

  MarkdownReport(Run run) {
    this.run = run;
  }

  String write() {
    add("# " + run.title(), "", "**" + Figures.verdict(run) + "**", "");
    add("```", run.command(), "```", "", "| figure | value |", "| --- | --- |");
    Figures.of(run).forEach((name, value) -> add("| " + cell(name) + " | " + cell(value) + " |"));
    violations();
    faults();
    throughput();
    return lines.toString();
  }

  private void violations() {
    if (run.violations().isEmpty()) {
      return;
    }
    add("", "## Violations");
    for (Violation violation : run.violations().stream().limit(STORIES).toList()) {
      add("", "### " + violation.law() + ": " + violation.rule(), "", violation.sentence());
      if (!violation.story().isEmpty()) {
        add("", "```", violation.story(), "```");
      }
    }
    if (run.violations().size() > STORIES) {
      add("", "And " + (run.violations().size() - STORIES) + " more.");
    }
  }

  private void faults() {
    if (run.faults().isEmpty()) {
      return;
    }
    add("", "## Faults", "");
    add(
        "| from the start | fault | target | lasted | recovery |",
        "| --- | --- | --- | --- | --- |");
    List<Fault> inOrder = run.faults().stream().sorted(Comparator.comparing(Fault::begin)).toList();
    for (Fault fault : inOrder) {
      add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  sinceStart(fault.begin()),
                  cell(fault.kind()),
                  cell(fault.target()),
                  Figures.seconds(Duration.between(fault.begin(), fault.end())),
                  recovery(fault)));
    }
  }

  private String recovery(Fault fault) {
    return run.recoveries().stream()
        .filter(recovery -> recovery.fault().equals(fault))
        .findFirst()
        .map(recovery -> Figures.seconds(recovery.took()))
        .orElse("");
  }

  private void throughput() {
    List<Integer> seconds = run.completionsPerSecond();
    if (seconds.isEmpty()) {
      return;
    }
    add(
        "",
        "## Completions",
        "",
        "| minute | completed | seconds without one |",
        "| --- | --- | --- |");
    for (int from = 0; from < seconds.size(); from += MINUTE) {
      List<Integer> minute = seconds.subList(from, Math.min(from + MINUTE, seconds.size()));
      long completed = minute.stream().mapToLong(Integer::longValue).sum();
      long idle = minute.stream().filter(count -> count == 0).count();
      add("| %d | %d | %d |".formatted(from / MINUTE + 1, completed, idle));
    }
  }

  private String sinceStart(Instant at) {
    return Figures.seconds(Duration.between(run.begin(), at));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  private void add(String... more) {
    for (String line : more) {
      lines.add(line);
    }
  }
}
