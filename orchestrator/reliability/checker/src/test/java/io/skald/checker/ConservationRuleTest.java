package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConservationRuleTest {

  @Test
  void shouldObject_whenMoneyIsMade() {
    // given
    Snapshot before = new Snapshot("money", Told.START, new BigDecimal("10.00"), BigDecimal.ZERO);
    Snapshot after = new Snapshot("money", Told.START, new BigDecimal("10.01"), BigDecimal.ZERO);
    // when
    var found =
        Told.foundBy(
            new ConservationRule(), History.builder().snapshots(List.of(before, after)).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("books");
    assertThat(found.getFirst().sentence()).contains("Expected 10.00 of money");
  }

  @Test
  void shouldObject_whenSomethingIsBelowZero() {
    // given
    Snapshot snapshot = new Snapshot("stock", Told.START, BigDecimal.TEN, BigDecimal.valueOf(-1));
    // when
    var found =
        Told.foundBy(
            new ConservationRule(), History.builder().snapshots(List.of(snapshot)).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("books");
    assertThat(found.getFirst().sentence()).contains("below zero");
  }

  @Test
  void shouldNotObject_whenOnlyTheScaleDiffers() {
    // given
    Snapshot before = new Snapshot("money", Told.START, new BigDecimal("10.00"), BigDecimal.ZERO);
    Snapshot after = new Snapshot("money", Told.START, BigDecimal.TEN, BigDecimal.ZERO);
    Snapshot other = new Snapshot("stock", Told.START, BigDecimal.ONE, BigDecimal.ZERO);
    // when
    var found =
        Told.foundBy(
            new ConservationRule(),
            History.builder().snapshots(List.of(before, after, other)).build());
    // then
    assertThat(found).isEmpty();
  }
}
