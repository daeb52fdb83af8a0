package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.CompensationCause;
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
    assertThat(found.getFirst().sentence()).contains("to wait until step 'inventory' is undone");
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
    assertThat(found.getFirst().sentence()).contains("to wait until step 'inventory' is undone");
  }

  @Test
  void shouldNotObject_whenBranchesAreUndoneSideBySide() {
    // given
    Told told =
        Told.booked()
            .turnBack()
            .compensate("seat")
            .compensate("hotel")
            .undone("seat")
            .compensate("flight")
            .undone("hotel")
            .undone("flight")
            .compensate("search");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).isEmpty();
  }

  @Test
  void shouldObject_whenWhatIsBeforeABlockIsUndoneWithABranchLeft() {
    // given
    Told told = Told.booked().turnBack().compensate("hotel").undone("hotel").compensate("search");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("to wait until block 'book' is undone");
  }

  @Test
  void shouldObject_whenABranchIsUndoneInTheOrderInWhichItWasDone() {
    // given
    Told told = Told.booked().turnBack().compensate("flight");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found.getFirst().sentence()).contains("to wait until step 'seat' is undone");
  }

  @Test
  void shouldObject_whenASiblingOfTheStepThatFailedHasNotSettled() {
    // given
    Told told =
        Told.trip()
            .did("search")
            .issue("hotel")
            .did("flight")
            .issue("seat")
            .reject("seat")
            .turnBack(CompensationCause.STEP_REJECTED)
            .compensate("flight");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("to wait until step 'hotel' settles");
  }

  @Test
  void shouldObject_whenMoreItemsAreUndoneThanMayBeAtOnce() {
    // given
    Told told =
        Told.booked()
            .choose("long", true)
            .did("map")
            .take("legs", "a", "b")
            .did("ticket/a")
            .did("ticket/b")
            .turnBack()
            .compensate("ticket/a")
            .compensate("ticket/b");
    // when
    var found = Told.foundBy(new CompensationOrderRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L3");
    assertThat(found.getFirst().sentence()).contains("1 items of 'legs' are under way");
  }
}
