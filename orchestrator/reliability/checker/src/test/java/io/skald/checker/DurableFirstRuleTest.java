package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DurableFirstRuleTest {

  @Test
  void shouldObject_whenACommandWasSentBeforeItWasCommitted() {
    // given
    Told told = Told.compensated();
    SentCommand sent = told.commands.removeLast();
    told.commands.add(
        new SentCommand(
            sent.saga(),
            sent.step(),
            sent.phase(),
            sent.attempt(),
            sent.participant(),
            sent.idempotencyKey(),
            OptionalLong.of(0)));
    // when
    var found = Told.foundBy(new DurableFirstRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("to be in the journal by then");
  }

  @Test
  void shouldObject_whenTheJournalDoesNotHaveACommand() {
    // given
    Told told = Told.compensated();
    SentCommand sent = told.commands.removeLast();
    told.commands.add(
        new SentCommand(
            sent.saga(),
            sent.step(),
            sent.phase(),
            7,
            sent.participant(),
            sent.idempotencyKey(),
            OptionalLong.empty()));
    // when
    var found = Told.foundBy(new DurableFirstRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("Expected the journal to have attempt 7");
  }
}
