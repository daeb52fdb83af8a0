package io.skald.checker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.checker.Violation;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T08:00:00Z");
  private static final Violation VIOLATION =
      new Violation(
          "L4",
          "action before compensation",
          Optional.empty(),
          "Expected <b> no action",
          "saga     7f3a\njournal  1");

  private static final Fault KILL =
      new Fault(BEGIN.plusSeconds(20), BEGIN.plusSeconds(20), "kill -9", "orchestrator-1");
  private static final Fault STOP =
      new Fault(BEGIN.plusSeconds(70), BEGIN.plusSeconds(80), "SIGSTOP", "payment");
  private static final Fault UNRECOVERED =
      new Fault(BEGIN.plusSeconds(90), BEGIN.plusSeconds(90), "kill -9", "kafka");

  private static final Run RUN =
      new Run(
          "Chaos of <March>",
          "./skald chaos --seed 7 --minutes 2",
          BEGIN,
          Collections.nCopies(120, 3),
          Map.of("sagas", "360"),
          List.of(STOP, KILL, UNRECOVERED),
          List.of(
              new Recovery(KILL, KILL.end(), Duration.ofMillis(4_200)),
              new Recovery(STOP, STOP.end().plusSeconds(5), Duration.ofMillis(800))),
          List.of());

  @Test
  void shouldSayThatAllIsWell_whenNoLawWasBroken() {
    assertThat(Report.markdown(RUN)).contains("**All laws have been kept.**");
    assertThat(Report.html(RUN)).contains("class=\"kept\"").contains("All laws have been kept.");
  }

  @Test
  void shouldTellEachViolation_whenLawsWereBroken() {
    // given
    Run broken = brokenBy(List.of(VIOLATION));
    // then
    assertThat(Report.markdown(broken))
        .contains("**Laws have been broken: 1 violations.**")
        .contains("### L4: action before compensation")
        .contains("Expected <b> no action")
        .contains("```\nsaga     7f3a\njournal  1\n```");
    assertThat(Report.html(broken))
        .contains("class=\"broken\"")
        .contains("Expected &lt;b&gt; no action")
        .contains("<pre>saga     7f3a\njournal  1</pre>")
        .doesNotContain("<b>");
  }

  @Test
  void shouldTellFewStories_whenThereAreMany() {
    // given
    Run broken = brokenBy(Collections.nCopies(60, VIOLATION));
    // then
    assertThat(Report.markdown(broken)).contains("And 10 more.").contains("60 violations");
    assertThat(Report.html(broken)).contains("And 10 more.");
  }

  @Test
  void shouldListFaultsInTheirOrder_whenWrittenAsMarkdown() {
    assertThat(Report.markdown(RUN))
        .contains(
            """
            | 20.0 s | kill -9 | orchestrator-1 | 0.0 s | 4.2 s |
            | 70.0 s | SIGSTOP | payment | 10.0 s | 0.8 s |
            | 90.0 s | kill -9 | kafka | 0.0 s |  |
            """);
  }

  @Test
  void shouldCountEachMinute_whenWrittenAsMarkdown() {
    assertThat(Report.markdown(RUN)).contains("| 1 | 180 | 0 |\n| 2 | 180 | 0 |");
  }

  @Test
  void shouldGivePercentilesOfRecovery_whenThereAreMany() {
    // given
    List<Recovery> recoveries =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> new Recovery(KILL, BEGIN, Duration.ofSeconds(i)))
            .toList();
    Run run = new Run("t", "c", BEGIN, List.of(), Map.of(), List.of(), recoveries, List.of());
    // then
    assertThat(Figures.of(run))
        .containsEntry("recovery", "p50 50.0 s, p99 99.0 s, max 100.0 s, of 100");
  }

  @Test
  void shouldLeaveTheRunsOwnFiguresAsTheyAre() {
    assertThat(Figures.of(with(Map.of("completions per second", "2.81"), List.of(1, 2, 3))))
        .containsEntry("completions per second", "2.81");
  }

  @Test
  void shouldDrawLessThanOneASecond_whenTheRunIsLong() {
    // given: a saga each four seconds, of which three share a point
    List<Integer> seconds = IntStream.range(0, 2_400).map(i -> i % 4 == 0 ? 1 : 0).boxed().toList();
    // then: the axis is at 220
    assertThat(Report.html(with(Map.of(), seconds))).contains(",153.3 ");
  }

  @Test
  void shouldDrawEachFaultAndRecovery_whenWrittenAsHtml() throws Exception {
    // given
    String html = Report.html(RUN);
    String svg = html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6);
    // when
    var picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    // then
    assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(3);
    assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    assertThat(svg)
        .containsOnlyOnce("recovered after 4.2 s")
        .containsOnlyOnce("recovered after 0.8 s")
        .contains("orchestrator-1")
        // The stop of ten seconds, 70 seconds into 120: from 150 + 850 * 70 / 120.
        .contains("x=\"645.8\" y=\"277\" width=\"70.8\"");
  }

  @Test
  void shouldNeedNothingFromElsewhere_whenWrittenAsHtml() {
    assertThat(Report.html(RUN))
        .contains("<title>Chaos of &lt;March&gt;</title>")
        .doesNotContain("http", "<script", "<link", "src=");
  }

  @Test
  void shouldRefuseAFault_whenItEndsBeforeItBegins() {
    assertThatThrownBy(() -> new Fault(BEGIN, BEGIN.minusSeconds(1), "pause", "kafka"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'pause'");
  }

  private static Run with(Map<String, String> figures, List<Integer> completionsPerSecond) {
    return new Run("t", "c", BEGIN, completionsPerSecond, figures, List.of(), List.of(), List.of());
  }

  private static Run brokenBy(List<Violation> violations) {
    return new Run(
        RUN.title(),
        RUN.command(),
        RUN.begin(),
        RUN.completionsPerSecond(),
        RUN.figures(),
        RUN.faults(),
        RUN.recoveries(),
        violations);
  }
}
