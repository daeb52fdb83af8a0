package io.skald.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.simulation.Messages.Trip;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStoryTest {

  private static final List<SagaDefinition<Trip>> DRAWN =
      LongStream.range(0, 2_000)
          .mapToObj(
              seed ->
                  new RandomStory(
                          new Chance(seed, "s"), none -> false, new Children(new Chance(seed, "c")))
                      .draw("trip", 1, false, Optional.empty()))
          .toList();

  @Test
  void shouldDrawTheWholeLanguage_beforeThePivotAndAfterIt() {
    // given
    Set<String> met = new TreeSet<>();
    // when
    for (SagaDefinition<Trip> definition : DRAWN) {
      boolean past = false;
      for (Part<Trip> part : definition.story().parts()) {
        past |= part instanceof StepDefinition<Trip> step && step.kind() == StepKind.PIVOT;
        String where = past ? " after" : " before";
        each(part, inner -> met.add(kind(inner) + where));
      }
    }
    // then
    for (String where : List.of(" before", " after")) {
      assertThat(met)
          .contains(
              "StepDefinition" + where,
              "Parallel" + where,
              "InOrder" + where,
              "When" + where,
              "ForEach" + where,
              "Await" + where,
              "late Await" + where,
              "Pause" + where);
    }
  }

  @Test
  void shouldDrawEnoughOfBoth_storiesWithBlocksAndWithout() {
    long linear =
        DRAWN.stream()
            .filter(definition -> definition.story().parts().size() == definition.steps().size())
            .filter(
                definition ->
                    definition.story().parts().stream().allMatch(StepDefinition.class::isInstance))
            .count();
    assertThat(linear).isBetween(DRAWN.size() / 2L, DRAWN.size() * 3L / 4);
  }

  @Test
  void shouldDrawBlocksInsideOfBlocks() {
    assertThat(DRAWN)
        .anyMatch(
            definition ->
                definition.story().parts().stream()
                    .filter(Part.ForEach.class::isInstance)
                    .flatMap(forEach -> forEach.inside().getFirst().inside().stream())
                    .anyMatch(Part.Parallel.class::isInstance));
  }

  private static String kind(Part<?> part) {
    String late = part instanceof Part.Await<?> await && await.late().isPresent() ? "late " : "";
    return late + part.getClass().getSimpleName();
  }

  private static void each(Part<?> part, Consumer<Part<?>> consumer) {
    consumer.accept(part);
    part.inside().forEach(inner -> each(inner, consumer));
  }
}
