package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.Phase;
import org.junit.jupiter.api.Test;

class OrphanRuleTest {

  @Test
  void shouldObject_whenAnEffectHasNoSaga() {
    // given
    Told told = Told.completed();
    // when
    var found = Told.foundBy(new OrphanRule(), History.builder().effects(told.effects).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("Expected a saga behind");
  }

  @Test
  void shouldObject_whenAFenceRowHasNoSaga() {
    // given
    Told told = Told.completed();
    // when
    var found = Told.foundBy(new OrphanRule(), History.builder().fences(told.fences).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("fence row of step 'payment'");
  }

  @Test
  void shouldObject_whenNoCommandAskedForAnEffect() {
    // given
    Told told = Told.aborted().effect("shipping", Phase.ACTION);
    // when
    var found = Told.foundBy(new OrphanRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence())
        .contains("Expected a journaled command behind the action of step 'shipping'");
  }

  @Test
  void shouldObject_whenNoCommandAskedForACompensation() {
    // given
    Told told = Told.aborted().effect("payment", Phase.COMPENSATION);
    // when
    var found = Told.foundBy(new OrphanRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("behind the compensation of step 'payment'");
  }
}
