package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Whatever is told, the builder gives a definition that prints, or says all that is wrong. */
class DefinitionFuzzTest {

  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final String NODE = "(?:start|completed|(?:step|undo|block)_[a-z0-9_]+)";
  private static final String LABEL = "\"[^\"\\p{Cntrl}]*\"";
  private static final String SHAPE =
      "(?:\\[L]|\\[/L/]|\\[\\\\L/]|\\[\\[L]]|\\{L}|\\{\\{L}}|\\(\\[L]\\))".replace("L", LABEL);
  private static final String LINK = " (?:-->|-\\.-|-\\.->) ";
  private static final Pattern CHART_LINE =
      Pattern.compile(
          "flowchart TD|  " + NODE + SHAPE + "|  " + NODE + LINK + NODE + "(?:" + SHAPE + ")?");

  @Property(edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void shouldBuildOrSayWhy_whateverIsTold(@ForAll("stories") AnyStory story) throws Exception {
    Statistics.collect(isBuilt(story));
    Statistics.coverage(
        seen -> {
          seen.check(true).percentage(share -> share > 5);
          seen.check(false).percentage(share -> share > 5);
        });
  }

  private static boolean isBuilt(AnyStory story) throws JsonProcessingException {
    SagaDefinition<?> definition;
    try {
      definition = story.told();
    } catch (InvalidDefinitionException refused) {
      assertThat(refused.faults())
          .isNotEmpty()
          .allMatch(fault -> fault.startsWith("Saga '" + story.name() + "'"));
      return false;
    }
    assertRuns(definition);
    assertPrints(definition);
    assertThat(story.told().fingerprint()).isEqualTo(definition.fingerprint());
    return true;
  }

  private static void assertRuns(SagaDefinition<?> definition) {
    assertThat(definition.steps()).hasSizeBetween(1, 200);
    HashSet<StepName> names = new HashSet<>();
    assertThat(definition.steps()).allMatch(step -> names.add(step.name()));
    assertThat(definition.steps()).allMatch(step -> step.timeout().isPositive());
    assertThat(definition.deadline()).matches(d -> d.isEmpty() || d.get().isPositive());
  }

  private static void assertPrints(SagaDefinition<?> definition) throws JsonProcessingException {
    JsonNode json = STRICT.readTree(definition.toJson());
    assertThat(json.path("name").textValue()).isEqualTo(definition.name());
    assertThat(json.path("steps")).hasSameSizeAs(definition.story().parts());
    assertThat(json.findValues("command"))
        .as("actions, and compensations")
        .hasSizeGreaterThanOrEqualTo(definition.steps().size());
    assertThat(definition.toMermaid().lines())
        .hasSizeGreaterThan(definition.steps().size())
        .allMatch(line -> CHART_LINE.matcher(line).matches());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void shouldTakeANameOrSayWhatItExpected(@ForAll("names") String text, @ForAll int version) {
    assertTakenOrRefused(() -> new StepName(text));
    assertTakenOrRefused(() -> Participant.named(text));
    assertTakenOrRefused(() -> Topic.of(text));
    assertTakenOrRefused(() -> new MessageType(text, version));
    assertThat(StepName.isValid(text)).isEqualTo(text.matches("[a-z][a-z0-9-]{0,63}"));
    assertThat(SagaId.parse(text))
        .matches(id -> id.isEmpty() || id.get().toString().length() == 36);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void shouldMakeAPolicyOrSayWhatItExpected(
      @ForAll("durations") Duration duration,
      @ForAll("durations") Duration other,
      @ForAll double number,
      @ForAll int attempts,
      @ForAll double random) {
    for (Supplier<Retry> policy :
        List.<Supplier<Retry>>of(
            () -> Retry.exponential(duration).maxDelay(other),
            () -> Retry.fixed(duration).within(other),
            () -> Retry.none().factor(number),
            () -> Retry.none().jitter(number),
            () -> Retry.none().maxAttempts(attempts))) {
      assertTakenOrRefused(() -> policy.get().delay(Math.max(1, attempts), Math.abs(random % 1)));
    }
  }

  private static void assertTakenOrRefused(Supplier<?> made) {
    try {
      assertThat(made.get()).isNotNull();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("Expected ");
    }
  }

  @Provide
  Arbitrary<AnyStory> stories() {
    return AnyStory.stories();
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("ab-Z09._ ").ofMaxLength(70),
        Arbitraries.strings().withChars("0123456789abcdef-").ofLength(36));
  }

  @Provide
  Arbitrary<Duration> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Duration::ofNanos), Arbitraries.longs().map(Duration::ofSeconds));
  }
}
