package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A saga on the chart of its definition. */
class MermaidStandingsTest {

  private static final Pattern CLASS =
      Pattern.compile("fill:#(\\w{6}),stroke:#\\w{6},color:#(\\w{6})(,[a-z-]+:[^,\\n]+)?");

  /** What WCAG asks of text. */
  private static final double READABLE = 4.5;

  record Data(String id) {}

  record Do(String id) implements Command<Done> {}

  record Done(String id) {}

  private static final SagaDefinition<Data> DEFINITION =
      Saga.define("order", 1, Data.class)
          .startedByApi()
          .step("take-stock", Participant.named("store"), Do.class, d -> new Do(d.id()))
          .compensate(Do.class, d -> new Do(d.id()))
          .pause("cooling", Duration.ofMinutes(1))
          .step("label", Participant.named("store"), Do.class, d -> new Do(d.id()))
          .nothingToCompensate()
          .build();

  private static String chart(Map<String, Standing> standings) {
    return DEFINITION.toMermaid(name -> Optional.ofNullable(standings.get(name.value())));
  }

  @Test
  void shouldGiveEachNodeItsClass_whenASagaIsOnIt() {
    // when
    String chart =
        chart(
            Map.of(
                "take-stock",
                Standing.DONE,
                "cooling",
                Standing.UNDER_WAY,
                "label",
                Standing.TO_COME));
    // then
    assertThat(chart)
        .startsWith(DEFINITION.toMermaid())
        .contains("  class step_take_stock is_done\n")
        .contains("  class block_cooling is_under_way\n")
        .contains("  class step_label is_to_come\n")
        .containsOnlyOnce("classDef is_done ")
        .doesNotContain("is_parked");
  }

  @Test
  void shouldGiveTheUndoingItsClassToo_whenAStepIsUndone() {
    assertThat(chart(Map.of("take-stock", Standing.COMPENSATED)))
        .contains("  class step_take_stock,undo_take_stock is_compensated\n");
    assertThat(chart(Map.of("label", Standing.COMPENSATING)))
        .contains("  class step_label is_compensating\n");
  }

  @Test
  void shouldBeTheBareChart_whenNothingIsKnown() {
    assertThat(DEFINITION.toMermaid(name -> Optional.empty())).isEqualTo(DEFINITION.toMermaid());
  }

  @Test
  void shouldBeReadable_whateverThePageLooksLike() {
    for (Standing standing : Standing.values()) {
      Matcher colours = CLASS.matcher(chart(Map.of("label", standing)));
      assertThat(colours.find()).as(standing.name()).isTrue();
      assertThat(contrast(colours.group(1), colours.group(2)))
          .as(standing.name())
          .isGreaterThanOrEqualTo(READABLE);
    }
  }

  private static double contrast(String one, String other) {
    List<Double> lights = List.of(light(one), light(other)).stream().sorted().toList();
    return (lights.getLast() + 0.05) / (lights.getFirst() + 0.05);
  }

  private static double light(String colour) {
    double red = channel(colour.substring(0, 2));
    double green = channel(colour.substring(2, 4));
    double blue = channel(colour.substring(4, 6));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  private static double channel(String hex) {
    double value = Integer.parseInt(hex, 16) / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
