package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HopRuleTest {

  @Test
  void shouldObject_whenAMessageIsUnaccounted() {
    // given
    HopCounts hop = new HopCounts("payment-commands", 10, 2, 1, 8, 1, 0, 1, 0);
    // when
    var found = Told.foundBy(new HopRule(), History.builder().hops(List.of(hop)).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("hops");
    assertThat(found.getFirst().sentence())
        .contains("each of 11 deliveries to end in exactly one way, but found 10");
  }

  @Test
  void shouldObject_whenOneIsMissingAndAnotherCountedTwice() {
    // given
    HopCounts hop =
        new HopCounts("payment-commands", 2, 0, 0, 2, 0, 0, 0, 0, List.of("one", "other"));
    // when
    var found = Told.foundBy(new HopRule(), History.builder().hops(List.of(hop)).build());
    // then
    assertThat(found.getFirst().sentence()).contains("one", "other");
  }

  @Test
  void shouldNotObject_whenAllIsAccounted() {
    // given
    HopCounts hop = new HopCounts("payment-commands", 10, 2, 1, 7, 1, 1, 1, 1);
    // when
    var found = Told.foundBy(new HopRule(), History.builder().hops(List.of(hop)).build());
    // then
    assertThat(found).isEmpty();
  }

  @Test
  void shouldNotObject_whenSomeAreOnTheirWay() {
    // given
    HopCounts hop = new HopCounts("payment-commands", 10, 0, 0, 9, 0, 0, 0, 0);
    // when
    var found = Told.foundBy(new HopRule(), History.builder().cutOff().hops(List.of(hop)).build());
    // then
    assertThat(found).isEmpty();
  }
}
