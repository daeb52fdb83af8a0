package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdempotencyKeyRuleTest {

  @Test
  void shouldObject_whenACompensationCarriesTheKeyOfItsAction() {
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
            told.commands.getFirst().idempotencyKey(),
            sent.sentAt()));
    // when
    var found = Told.foundBy(new IdempotencyKeyRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("carries it too");
  }

  @Test
  void shouldObject_whenAnAttemptCarriesAnotherKey() {
    // given
    Told told = Told.completed();
    SentCommand sent = told.commands.remove(1);
    told.commands.add(
        new SentCommand(
            sent.saga(),
            sent.step(),
            sent.phase(),
            sent.attempt(),
            sent.participant(),
            "another",
            sent.sentAt()));
    // when
    var found = Told.foundBy(new IdempotencyKeyRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("attempt 2 carries 'another'");
  }

  @Test
  void shouldObject_whenTwoItemsHaveOneKey() {
    // given
    Told told = Told.trip().take("legs", "a", "b").issue("ticket/a").issue("ticket/b");
    SentCommand sent = told.commands.removeLast();
    told.commands.add(
        new SentCommand(
            sent.saga(),
            sent.step(),
            sent.phase(),
            sent.attempt(),
            sent.participant(),
            told.commands.getFirst().idempotencyKey(),
            sent.sentAt()));
    // when
    var found = Told.foundBy(new IdempotencyKeyRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L5");
    assertThat(found.getFirst().sentence()).contains("step 'ticket/b'").contains("carries it too");
  }
}
