package io.skald.checker.report;

import io.skald.checker.Violation;

/** A run as one HTML file, without scripts and without anything from elsewhere. */
final class HtmlReport {

  /** After so many, stories tell nothing new. */
  private static final int STORIES = 50;

  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; text-align: left }
      pre { overflow-x: auto; background: #f4f4f4; padding: .5rem } svg { width: 100%; height: auto }
      .kept { color: #17642f } .broken { color: #a01515 }
      """;

  private final Run run;
  private final StringBuilder html = new StringBuilder();

  HtmlReport(Run run) {
    this.run = run;
  }

  String write() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<title>").append(text(run.title())).append("</title>\n");
    html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    html.append("<h1>").append(text(run.title())).append("</h1>\n");
    String mood = run.violations().isEmpty() ? "kept" : "broken";
    html.append("<p class=\"").append(mood).append("\"><strong>");
    html.append(text(Figures.verdict(run))).append("</strong></p>\n");
    html.append("<pre>").append(text(run.command())).append("</pre>\n");
    figures();
    html.append("<h2>Time line</h2>\n").append(new TimeLine(run).svg());
    html.append("<p>Blocks are faults; the lines below them last until sagas moved again.</p>\n");
    violations();
    return html.append("</body>\n</html>\n").toString();
  }

  private void figures() {
    html.append("<table>\n");
    Figures.of(run)
        .forEach(
            (name, value) ->
                html.append("<tr><th>")
                    .append(text(name))
                    .append("</th><td>")
                    .append(text(value))
                    .append("</td></tr>\n"));
    html.append("</table>\n");
  }

  private void violations() {
    if (run.violations().isEmpty()) {
      return;
    }
    html.append("<h2>Violations</h2>\n");
    for (Violation violation : run.violations().stream().limit(STORIES).toList()) {
      html.append("<h3>").append(text(violation.law() + ": " + violation.rule())).append("</h3>\n");
      html.append("<p>").append(text(violation.sentence())).append("</p>\n");
      if (!violation.story().isEmpty()) {
        html.append("<pre>").append(text(violation.story())).append("</pre>\n");
      }
    }
    if (run.violations().size() > STORIES) {
      html.append("<p>And ").append(run.violations().size() - STORIES).append(" more.</p>\n");
    }
  }

  /** As text, whatever it contains: names and stories come from the run. */
  static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
