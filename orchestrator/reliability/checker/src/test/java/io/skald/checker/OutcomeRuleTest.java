package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry;
import io.skald.saga.message.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeRuleTest {

  @Test
  void shouldObject_whenACompletedSagaLacksAnEffect() {
    // given
    Told told = Told.completed();
    told.effects.removeIf(effect -> effect.step().equals(Told.step("shipping")));
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("found none");
  }

  @Test
  void shouldObject_whenACompletedSagaHasAnUndoneStep() {
    // given
    Told told = Told.completed().effect("payment", Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("undone 1 times");
  }

  @Test
  void shouldObject_whenACompletedSagaSkippedAStep() {
    // given
    Told told = new Told("k", 0).started().issue("payment").succeed("payment");
    told.add(new JournalEntry.SagaCompleted());
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("to be journaled as succeeded");
  }

  @Test
  void shouldObject_whenACompensatedSagaLeavesAnEffect() {
    // given
    Told told = Told.compensated();
    told.effects.removeIf(
        effect ->
            effect.step().equals(Told.step("payment")) && effect.phase() == Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("Expected nothing of step 'payment'");
  }

  @Test
  void shouldObject_whenACompensatedSagaForgotAStepOfUnknownOutcome() {
    // given
    Told told = new Told("k", 0).started().issue("payment").turnBack();
    told.add(new JournalEntry.SagaCompensated());
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("it may have happened");
  }

  @Test
  void shouldObject_whenTheDefinitionIsUnknown() {
    // given
    Told told = Told.completed();
    // when
    var found =
        Told.foundBy(new OutcomeRule(), History.builder().sagas(List.of(told.saga())).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L10");
    assertThat(found.getFirst().sentence()).contains("order v1");
  }

  @Test
  void shouldNotObject_whenNobodyCouldSeeTheParticipant() {
    // given
    Told told = Told.completed();
    told.effects.removeIf(effect -> effect.step().equals(Told.step("shipping")));
    // when
    var found =
        Told.foundBy(new OutcomeRule(), Told.history(told).unseen(Told.at("shipping")).build());
    // then
    assertThat(found).isEmpty();
  }

  @Test
  void shouldNotObject_whenAnOperatorTookForDoneWhatHadNoEffect() {
    // given
    Told skipped =
        new Told("k", 0).started().issue("payment").skip("payment", Phase.ACTION).turnBack();
    skipped.compensate("payment").skip("payment", Phase.COMPENSATION);
    skipped.add(new JournalEntry.SagaCompensated());
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(skipped).build());
    // then
    assertThat(found).isEmpty();
  }

  @Test
  void shouldObject_whenTheStepOfOneItemIsLeft() {
    // given
    Told told =
        Told.booked()
            .choose("long", true)
            .did("map")
            .take("legs", "a", "b")
            .did("ticket/a")
            .did("ticket/b")
            .turnBack()
            .compensate("ticket/a")
            .undone("ticket/a")
            .add(new JournalEntry.SagaCompensated());
    // when
    var found = Told.foundBy(new OutcomeRule(), Told.history(told).build());
    // then
    assertThat(found.stream().map(Violation::sentence))
        .anyMatch(sentence -> sentence.contains("step 'ticket/b' of a compensated saga"))
        .noneMatch(sentence -> sentence.contains("ticket/a"));
  }
}
