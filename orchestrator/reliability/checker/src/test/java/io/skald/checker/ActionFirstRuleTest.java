package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import org.junit.jupiter.api.Test;

class ActionFirstRuleTest {

  @Test
  void shouldObject_whenAnActionLandsAfterItsCompensation() {
    // given
    Told told = Told.compensated().effect("payment", Phase.ACTION);
    // when
    var found = Told.foundBy(new ActionFirstRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L4");
    assertThat(found.getFirst().sentence())
        .contains("no action of step 'payment' of payment after its compensation");
  }

  @Test
  void shouldObject_whenACompensationLandsWithoutAnAction() {
    // given
    Told told = Told.parked().effect("inventory", Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new ActionFirstRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L4");
    assertThat(found.getFirst().sentence()).contains("before its action");
  }
}
