package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import org.junit.jupiter.api.Test;

class FenceRuleTest {

  @Test
  void shouldObject_whenADoneStepHasNoEffect() {
    // given
    Told told = Told.aborted();
    told.effects.clear();
    // when
    var found = Told.foundBy(new FenceRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("whose fence is DONE");
  }

  @Test
  void shouldObject_whenADoneStepIsUndone() {
    // given
    Told told = Told.completed().effect("payment", Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new FenceRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("DONE, but it was");
  }

  @Test
  void shouldObject_whenATombstoneHasAnEffect() {
    // given
    Told told = Told.compensated().fence("payment", FenceState.TOMBSTONED);
    // when
    var found = Told.foundBy(new FenceRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("TOMBSTONED, but it was");
  }

  @Test
  void shouldObject_whenACompensatedStepStands() {
    // given
    Told told = Told.aborted().fence("payment", FenceState.COMPENSATED);
    // when
    var found = Told.foundBy(new FenceRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("COMPENSATED, but it was");
  }
}
