package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import org.junit.jupiter.api.Test;

class SettledStepsRuleTest {

  @Test
  void shouldObject_whenAStepSucceededWithoutEffect() {
    // given
    Told told = Told.aborted();
    told.effects.clear();
    // when
    var found = Told.foundBy(new SettledStepsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("to have had its effect, but found none");
  }

  @Test
  void shouldObject_whenASucceededStepIsUndoneUnasked() {
    // given
    Told told = Told.aborted().effect("payment", Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new SettledStepsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("to stand once");
  }

  @Test
  void shouldObject_whenARejectedStepHasAnEffect() {
    // given
    Told told = Told.parked().effect("inventory", Phase.ACTION);
    // when
    var found = Told.foundBy(new SettledStepsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("journaled as rejected");
  }

  @Test
  void shouldObject_whenACompensatedStepStands() {
    // given
    Told told = Told.compensated();
    told.effects.removeIf(effect -> effect.phase() == Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new SettledStepsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("to be undone");
  }

  @Test
  void shouldObject_whenAStepIsDoneAgainWhileItIsCompensated() {
    // given
    Told told = Told.parked().effect("payment", Phase.ACTION);
    // when
    var found = Told.foundBy(new SettledStepsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("to be done once");
  }
}
