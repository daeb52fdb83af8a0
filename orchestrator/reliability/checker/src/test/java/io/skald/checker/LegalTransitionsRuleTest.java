package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry;
import io.skald.machine.Problem;
import io.skald.saga.message.Phase;
import org.junit.jupiter.api.Test;

class LegalTransitionsRuleTest {

  @Test
  void shouldObject_whenAnEndedSagaMoves() {
    // given
    Told told = Told.completed();
    told.add(new JournalEntry.SagaAborted("eve", "late"));
    told.stored(StoredSaga.of(Told.completed().replayed()));
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("impossible");
  }

  @Test
  void shouldObject_whenAStepSettlesTwice() {
    // given
    Told told = new Told("k", 0).started().issue("payment").succeed("payment");
    told.add(new JournalEntry.StepRejected(Told.step("payment"), 1, new Problem("NO", "no")));
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("Succeeded -> Rejected");
  }

  @Test
  void shouldObject_whenASagaGoesForwardAgain() {
    // given
    Told told = new Told("k", 0).started().issue("payment").turnBack();
    told.succeed("payment");
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("Unknown -> Succeeded");
  }

  @Test
  void shouldObject_whenASagaTurnsBackPastItsPivot() {
    // given
    Told told = new Told("k", 0).started().issue("shipping").succeed("shipping").turnBack();
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L6");
    assertThat(found.getFirst().sentence()).contains("past the point of no return");
  }

  @Test
  void shouldObject_whenATransitionIsMissing() {
    // given
    Told told = Told.completed();
    StoredSaga row = StoredSaga.of(told.replayed());
    told.rows.remove(3);
    told.stored(row);
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("Expected transition 4");
  }

  @Test
  void shouldObject_whenASignalIsTakenTwice() {
    // given
    Told told =
        Told.trip()
            .keep("approval", "s1")
            .takeSignal("approval", "s1")
            .keep("approval", "s1")
            .takeSignal("approval", "s1");
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L2");
    assertThat(found.getFirst().sentence()).contains("Signalled -> Kept");
  }

  @Test
  void shouldNotObject_whenARefusedStepIsTakenForDone() {
    // given
    Told told =
        new Told("k", 0)
            .started()
            .issue("complete")
            .reject("complete")
            .skip("complete", Phase.ACTION);
    // when
    var found = Told.foundBy(new LegalTransitionsRule(), Told.history(told).build());
    // then
    assertThat(found).isEmpty();
  }
}
