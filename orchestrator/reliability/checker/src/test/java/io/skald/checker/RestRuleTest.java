package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestRuleTest {

  @Test
  void shouldObject_whenASagaStillRuns() {
    // given
    Told told = new Told("k", 0).started().issue("payment");
    // when
    var found = Told.foundBy(new RestRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L8");
    assertThat(found.getFirst().sentence()).contains("it is RUNNING");
  }

  @Test
  void shouldNotObject_whenTheRunWasCutOff() {
    // given
    Told told = new Told("k", 0).started().issue("payment");
    // when
    var found = Told.foundBy(new RestRule(), Told.history(told).cutOff().build());
    // then
    assertThat(found).isEmpty();
  }
}
