package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.machine.Attempts;
import io.skald.machine.CompensationCause;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepSucceeded;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Journals as words: {@code "a"} is issued, {@code "a!"} succeeded, {@code "-a"}, {@code "-a!"}.
 */
class CompensationOrderTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void shouldBeContent_whenALineIsUndoneFromItsEnd() {
    assertThatCode(() -> check("a", "a! b", "b! c", "back -c", "-c! -b", "-b! -a", "-a!"))
        .doesNotThrowAnyException();
    assertThatCode(() -> check("a", "a! b", "b! c", "back -b", "-b! -a", "-a!"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldComplain_whenALineIsUndoneFromItsBeginning() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("a", "a! b", "b! c", "back -a", "-a! -b", "-b!"))
        .withMessageContaining("compensation of step 'a' to wait for that of step 'b'");
  }

  @Test
  void shouldComplain_whenALineIsUndoneAllAtOnce() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("a", "a! b", "b!", "back -b -a", "-a!", "-b!"));
  }

  @Test
  void shouldComplain_whenTheNextStepWasNotIssuedByTheOneBefore() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("a", "a!", "b", "b!", "back -a", "-a! -b", "-b!"));
  }

  @Test
  void shouldBeContent_whenBranchesAreUndoneTogether() {
    assertThatCode(
            () ->
                check(
                    "a",
                    "a! b c",
                    "b! d",
                    "c!",
                    "d!",
                    "back -d -c",
                    "-c!",
                    "-d! -b",
                    "-b! -a",
                    "-a!"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldComplain_whenABranchIsUndoneAfterWhatCameBeforeTheBlock() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("a", "a! b c", "b!", "c!", "back -b", "-b! -a", "-a! -c", "-c!"))
        .withMessageContaining("'a' to wait for that of step 'c'");
  }

  @Test
  void shouldComplain_whenABranchIsUndoneFromItsBeginning() {
    assertThatExceptionOfType(Broken.class)
        .isThrownBy(() -> check("a", "a! b c", "b! d", "c!", "d!", "back -b -c", "-b! -d", "-d!"))
        .withMessageContaining("'b' to wait for that of step 'd'");
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
    CompensationOrder.check(journal);
  }

  private static JournalEntry entry(String word) {
    if (word.equals("back")) {
      return new SagaCompensating(
          CompensationCause.CANCELLED, Optional.empty(), Optional.empty(), Optional.empty());
    }
    StepName step = new StepName(word.replace("-", "").replace("!", ""));
    boolean compensation = word.startsWith("-");
    if (!word.endsWith("!")) {
      return issued(step, compensation ? Phase.COMPENSATION : Phase.ACTION);
    }
    return compensation
        ? new StepCompensated(step, 1)
        : new StepSucceeded(step, 1, "{}", Optional.empty());
  }

  private static CommandIssued issued(StepName step, Phase phase) {
    return new CommandIssued(
        step,
        StepKind.COMPENSATABLE,
        phase,
        new Attempts(1, 1, NOW),
        Participant.named("somebody"),
        new MessageType("Command", 1),
        "{}",
        NOW);
  }
}
