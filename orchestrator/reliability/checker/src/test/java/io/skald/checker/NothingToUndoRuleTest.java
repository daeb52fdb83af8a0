package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NothingToUndoRuleTest {

  @Test
  void shouldObject_whenARejectedStepIsCompensated() {
    // given
    Told told =
        new Told("k", 0)
            .started()
            .issue("payment")
            .reject("payment")
            .turnBack()
            .compensate("payment");
    // when
    var found = Told.foundBy(new NothingToUndoRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("it was rejected");
  }

  @Test
  void shouldObject_whenAStepIsCompensatedThatWasNeverIssued() {
    // given
    Told told = new Told("k", 0).started().issue("payment").turnBack();
    StoredSaga row = StoredSaga.of(told.replayed());
    told.compensate("inventory").stored(row);
    // when
    var found = Told.foundBy(new NothingToUndoRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("it was never issued");
  }
}
