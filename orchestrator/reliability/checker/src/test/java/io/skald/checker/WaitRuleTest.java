package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitRuleTest {

  private static List<Violation> found(Told told) {
    return Told.foundBy(new WaitRule(), Told.history(told).build());
  }

  private static JournalEntry ignored(IgnoreReason reason) {
    return new JournalEntry.InputIgnored("SignalSent", reason, "approval");
  }

  @Test
  void shouldObject_whenAWaitIsOverTooEarly() {
    // given
    Told told =
        Told.trip()
            .await("approval", Told.START.plusSeconds(60))
            .add(new JournalEntry.WaitPassed(Told.step("approval")));
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L9");
    assertThat(found(told).getFirst().sentence()).contains("not to be over before");
  }

  @Test
  void shouldObject_whenAnEarlySignalIsDropped() {
    // given
    Told told = Told.trip().add(ignored(IgnoreReason.REPEATED_SIGNAL));
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L2");
    assertThat(found(told).getFirst().sentence()).contains("to be kept");
  }

  @Test
  void shouldNotObject_whenASignalComesAgainOrTooLate() {
    // given
    Told told =
        Told.trip()
            .keep("approval", "s1")
            .add(ignored(IgnoreReason.REPEATED_SIGNAL))
            .takeSignal("approval", "s1")
            .add(ignored(IgnoreReason.REPEATED_SIGNAL))
            .turnBack()
            .add(ignored(IgnoreReason.TURNED_BACK));
    // then
    assertThat(found(told)).isEmpty();
  }

  @Test
  void shouldObject_whenAnotherSignalIsTakenThanTheOneThatCame() {
    // given
    Told told = Told.trip().keep("approval", "s1").takeSignal("approval", "s2");
    // then
    assertThat(found(told)).extracting(Violation::law).containsOnly("L2");
  }
}
