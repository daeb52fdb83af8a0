package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.SagaStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredStateRuleTest {

  @Test
  void shouldObject_whenTheRowIsBehindItsJournal() {
    // given
    Told told = Told.compensated();
    StoredSaga before = StoredSaga.of(told.replayed());
    told.ignored().stored(before);
    // when
    var found = Told.foundBy(new StoredStateRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("state");
  }

  @Test
  void shouldObject_whenAColumnSaysOtherThanTheState() {
    // given
    Told told = Told.completed();
    StoredSaga row = StoredSaga.of(told.replayed());
    told.stored(new StoredSaga(row.state(), SagaStatus.COMPENSATED, row.seq(), row.nextDueAt()));
    // when
    var found = Told.foundBy(new StoredStateRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence())
        .contains("status to be COMPLETED, but found COMPENSATED");
  }

  @Test
  void shouldObject_whenThereIsNoRow() {
    // given
    SagaHistory saga = Told.completed().saga();
    // when
    var found =
        Told.foundBy(
            new StoredStateRule(),
            History.builder()
                .sagas(List.of(new SagaHistory(saga.id(), saga.journal(), Optional.empty())))
                .build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("only its journal");
  }

  @Test
  void shouldObject_whenThereIsNoJournal() {
    // given
    SagaHistory saga = Told.completed().saga();
    // when
    var found =
        Told.foundBy(
            new StoredStateRule(),
            History.builder()
                .sagas(List.of(new SagaHistory(saga.id(), List.of(), saga.stored())))
                .build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("only its row");
  }
}
