package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.machine.Attempts;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.Transition;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ways back as words: {@code "-a"} is being undone, {@code "-a!"} is undone. The story is that of
 * {@link Parcels}.
 */
class CompensationOrderTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldBeContent_whenTheStoryIsUndoneFromItsEnd() {
    assertThatCode(
            () ->
                check(
                    "-insure",
                    "-insure! -declare",
                    "-declare! -store/P-1 -store/P-2",
                    "-store/P-2!",
                    "-store/P-1!"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldBeContent_whenItemsOrBranchesAreUndoneInAnyOrder() {
    assertThatCode(() -> check("-store/P-1", "-store/P-1! -store/P-2", "-store/P-2!"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check("-screen -declare", "-declare!", "-screen!"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldComplain_whenABranchIsUndoneFromItsBeginning() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("-declare", "-declare! -insure", "-insure!"))
        .withMessageContaining("compensation of step 'declare' to wait for that of step 'insure'");
  }

  @Test
  void shouldComplain_whenABranchIsUndoneAllAtOnce() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("-insure -declare", "-declare!", "-insure!"));
  }

  @Test
  void shouldComplain_whenABranchIsUndoneAfterWhatCameBeforeTheBlock() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("-store/P-1", "-store/P-1! -insure", "-insure!"))
        .withMessageContaining("'store/P-1' to wait for that of step 'insure'");
  }

  @Test
  void shouldComplain_whenALateWayIsUndoneAfterWhatCameBeforeItsAwait() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("-screen -ask", "-ask!"))
        .withMessageContaining("'screen' to wait for that of step 'ask'");
  }

  private static void check(String... transitions) {
    List<Transition> journal = new ArrayList<>();
    for (String transition : transitions) {
      List<JournalEntry> entries = new ArrayList<>();
      for (String word : List.of(transition.split(" "))) {
        entries.add(entry(word));
      }
      journal.add(
          new Transition(SagaId.forKey("test", "test"), journal.size() + 1L, NOW, "test", entries));
    }
    CompensationOrder.check(new StoryOrder(Parcels.sane()), journal);
  }

  private static JournalEntry entry(String word) {
    StepName step = StepName.parse(word.substring(1).replace("!", ""));
    return word.endsWith("!")
        ? new StepCompensated(step, 1)
        : new CommandIssued(
            step,
            StepKind.COMPENSATABLE,
            Phase.COMPENSATION,
            new Attempts(1, 1, NOW),
            Participant.named("somebody"),
            new MessageType("Command", 1),
            "{}",
            NOW);
  }
}
