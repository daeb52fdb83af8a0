package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartsRuleTest {

  @Test
  void shouldObject_whenAnAcknowledgedStartHasNoSaga() {
    // given
    Told told = Told.completed();
    // when
    var found =
        Told.foundBy(
            new StartsRule(),
            History.builder()
                .starts(List.of(new ClientStart("order", "completed", Optional.of(told.id))))
                .build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("there is none");
  }

  @Test
  void shouldObject_whenTheAcknowledgedSagaIsAnother() {
    // given
    Told told = Told.completed();
    // when
    var found =
        Told.foundBy(
            new StartsRule(),
            Told.history(told)
                .starts(List.of(new ClientStart("order", "mine", Optional.of(told.id))))
                .build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("key 'mine'");
  }

  @Test
  void shouldObject_whenAKeyHasTwoSagas() {
    // given
    Told one = Told.completed();
    Told other = new Told(SagaId.forKey("order", "x"), "completed", 1).started();
    // when
    var found = Told.foundBy(new StartsRule(), Told.history(one, other).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("Expected one saga for key 'completed'");
  }

  @Test
  void shouldNotObject_whenAnUnknownStartHasNoSaga() {
    // given
    ClientStart unknown = new ClientStart("order", "k", Optional.empty());
    // when
    var found = Told.foundBy(new StartsRule(), History.builder().starts(List.of(unknown)).build());
    // then
    assertThat(found).isEmpty();
  }
}
