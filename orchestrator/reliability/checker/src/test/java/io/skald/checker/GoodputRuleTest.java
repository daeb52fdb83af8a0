package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoodputRuleTest {

  @Test
  void shouldObject_whenTooFewComplete() {
    // given
    Goodput goodput = new Goodput(94, 100, 0.95);
    // when
    var found = Told.foundBy(new GoodputRule(), History.builder().goodput(goodput).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("goodput");
    assertThat(found.getFirst().sentence()).contains("found 94");
  }

  @Test
  void shouldNotObject_whenEnoughComplete() {
    // given
    Goodput goodput = new Goodput(95, 100, 0.95);
    // when
    var found = Told.foundBy(new GoodputRule(), History.builder().goodput(goodput).build());
    // then
    assertThat(found).isEmpty();
  }
}
