package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {

  @Test
  void shouldFindNothing_whenTheLawsWereKept() {
    // given
    History history =
        Told.history(Told.completed(), Told.compensated(), Told.aborted(), Told.parked()).build();
    // when
    List<Violation> violations = Checker.check(history);
    // then
    assertThat(violations).isEmpty();
  }

  @Test
  void shouldFindNothing_whenNothingHappened() {
    assertThat(Checker.check(History.builder().build())).isEmpty();
  }

  @Test
  void shouldNameEachRule_whenAStepHasTwoEffects() {
    // given
    Told told = Told.completed().effect("shipping", Phase.ACTION);
    // when
    List<Violation> violations = Checker.check(Told.history(told).build());
    // then
    assertThat(violations)
        .extracting(Violation::rule)
        .containsExactly(
            "outcome equals effects", "settled steps", "one effect", "fence equals effects");
  }

  @Test
  void shouldTellTheSagasStory_whenALawIsBroken() {
    // given
    Told told = Told.compensated().effect("payment", Phase.ACTION);
    // when
    Violation violation = Checker.check(Told.history(told).build()).getFirst();
    // then
    assertThat(violation.saga()).contains(told.id);
    assertThat(violation.story().lines())
        .first()
        .asString()
        .contains("of order, key 'compensated'");
    assertThat(violation.story())
        .contains("CommandIssued (payment action #1)")
        .contains("sent     payment compensation #1 to payment")
        .contains("effect   payment payment ACTION")
        .contains("fence    payment payment COMPENSATED")
        .contains("row      COMPENSATED");
    assertThat(violation.toString()).startsWith("L3 (outcome equals effects): Expected nothing of");
  }

  @Test
  void shouldTellTheSagasStoryOnce_whenARuleFindsMuch() {
    // given
    Told told = Told.trip().did("search").turnBack();
    told.issue("hotel").issue("seat");
    // when
    var found = Told.foundBy(new StoryOrderRule(), Told.history(told).build());
    // then
    assertThat(found).hasSizeGreaterThan(1);
    assertThat(found).filteredOn(violation -> !violation.story().isEmpty()).hasSize(1);
  }
}
