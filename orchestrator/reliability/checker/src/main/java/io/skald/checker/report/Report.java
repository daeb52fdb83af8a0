package io.skald.checker.report;

/**
 * A run as a document: the verdict, the figures, the violations with their stories, and a time line
 * of faults, throughput and recoveries. Pure; usable from any thread.
 */
public final class Report {

  private Report() {}

  /** The report as Markdown. The time line is a table. */
  public static String markdown(Run run) {
    return new MarkdownReport(run).write();
  }

  /** The report as one HTML file that needs no other. The time line is a picture. */
  public static String html(Run run) {
    return new HtmlReport(run).write();
  }
}
