package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompensationOrderRuleTest {

  @Test
  void shouldObject_whenTheFirstStepIsUndoneFirst() {
    // given
    Told told =
        new Told("k", 0)
            .started()
            .issue("payment")
            .succeed("payment")
            .issue("inventory")
            .succeed("inventory")
            .turnBack()
            .compensate("payment")
            .undone("payment")
            .compensate("inventory");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("step 'inventory' before");
  }

  @Test
  void shouldObject_whenTwoAreUndoneAtOnce() {
    // given
    Told told =
        new Told("k", 0)
            .started()
            .issue("payment")
            .succeed("payment")
            .issue("inventory")
            .succeed("inventory")
            .turnBack()
            .compensate("inventory")
            .compensate("payment");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("to wait until step 'inventory' is undone");
  }

  @Test
  void shouldObject_whenASagaThatHasNotTurnedBackUndoes() {
    // given
    Told told =
        new Told("k", 0)
            .started()
            .issue("payment")
            .succeed("payment")
            .issue("inventory")
            .succeed("inventory")
            .compensate("inventory");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("to follow the saga's turning back");
  }

  @Test
  void shouldObject_whenAStepOfUnknownOutcomeIsUndoneLast() {
    // given
    Told told =
        new Told("k", 0)
            .started()
            .issue("payment")
            .succeed("payment")
            .issue("inventory")
            .turnBack()
            .compensate("payment")
            .undone("payment")
            .compensate("inventory");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("step 'inventory' before");
  }
}
