package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry;
import io.skald.saga.message.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryOrderRuleTest {

  private static List<Violation> found(Told told) {
    return Told.foundBy(new StoryOrderRule(), Told.history(told).build());
  }

  @Test
  void shouldNotObject_whenTheStoryIsToldInItsOrder() {
    // given
    Told told =
        Told.booked()
            .choose("long", false)
            .did("visa")
            .take("legs", "a", "b")
            .did("ticket/a")
            .did("ticket/b")
            .await("approval", Told.START)
            .add(new JournalEntry.WaitPassed(Told.step("approval")))
            .did("remind")
            .did("pay")
            .add(new JournalEntry.SagaCompleted());
    // then
    assertThat(found(told)).isEmpty();
  }

  @Test
  void shouldObject_whenTheJoinDoesNotWait() {
    // given
    Told told =
        Told.trip().did("search").issue("hotel").did("flight").did("seat").choose("long", true);
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L3");
    assertThat(found(told).getFirst().sentence())
        .contains("Expected 'long' to wait until block 'book' is done");
  }

  @Test
  void shouldObject_whenABranchOfSeveralStepsBeginsWithItsSecond() {
    // given
    Told told = Told.trip().did("search").issue("flight").issue("seat");
    // then
    assertThat(found(told).getFirst().sentence())
        .contains("Expected 'seat' to wait until step 'flight' is done");
  }

  @Test
  void shouldObject_whenTheWayIsTakenThatWasNotChosen() {
    // given
    Told told = Told.booked().choose("long", true).issue("visa");
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L3");
    assertThat(found(told).getFirst().sentence()).contains("'long' has not chosen its way");
  }

  @Test
  void shouldObject_whenMoreItemsAreUnderWayThanMayBe() {
    // given
    Told told =
        Told.booked()
            .choose("long", true)
            .did("map")
            .take("legs", "a", "b")
            .issue("ticket/a")
            .issue("ticket/b");
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L3");
    assertThat(found(told).getFirst().sentence())
        .contains("Expected 'ticket/b' to wait, for 1 items of 'legs' are under way");
  }

  @Test
  void shouldObject_whenAnItemIsNoneOfThoseThatWereTaken() {
    // given
    Told told = Told.booked().choose("long", true).did("map").take("legs", "a").issue("ticket/b");
    // then
    assertThat(found(told).getFirst().sentence()).contains("to be of an item of 'legs'");
  }

  @Test
  void shouldObject_whenTheStoryGoesOnBeforeItsSignal() {
    // given
    Told told =
        Told.booked()
            .choose("long", true)
            .did("map")
            .take("legs")
            .await("approval", Told.START)
            .issue("pay");
    // then
    assertThat(found(told).getFirst().sentence())
        .contains("Expected 'pay' to wait until block 'approval' is done");
  }

  @Test
  void shouldObject_whenTheLateWayIsTakenInTime() {
    // given
    Told told =
        Told.booked()
            .choose("long", true)
            .did("map")
            .take("legs")
            .await("approval", Told.START)
            .issue("remind");
    // then
    assertThat(found(told).getFirst().sentence()).contains("until it is too late for 'approval'");
  }

  @Test
  void shouldObject_whenAStepBeginsAfterTheSagaHasTurnedBack() {
    // given
    Told told = Told.trip().turnBack().issue("search");
    // then
    assertThat(found(told).getFirst().sentence()).contains("for the saga has turned back");
  }

  @Test
  void shouldObject_whenWhatIsUnderWayIsTriedAgainAfterTheSagaHasTurnedBack() {
    // given
    Told told = Told.trip().did("search").issue("hotel").turnBack().issue("hotel", Phase.ACTION, 2);
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L3");
    assertThat(found(told).getFirst().sentence()).contains("Expected nothing more of 'hotel'");
  }

  @Test
  void shouldObject_whenASagaIsCompletedInTheMiddleOfItsStory() {
    // given
    Told told = Told.booked().add(new JournalEntry.SagaCompleted());
    // then
    assertThat(found(told).getFirst().sentence()).contains("to have done all of its story");
  }
}
