package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import org.junit.jupiter.api.Test;

class OneEffectRuleTest {

  @Test
  void shouldObject_whenAnActionLandsTwice() {
    // given
    Told told = Told.aborted().effect("inventory", Phase.ACTION).effect("inventory", Phase.ACTION);
    // when
    var found = Told.foundBy(new OneEffectRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("done 2 times");
  }

  @Test
  void shouldObject_whenACompensationLandsTwice() {
    // given
    Told told = Told.compensated().effect("payment", Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new OneEffectRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("undone 2 times");
  }
}
