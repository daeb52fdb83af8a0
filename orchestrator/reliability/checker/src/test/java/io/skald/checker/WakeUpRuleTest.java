package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WakeUpRuleTest {

  @Test
  void shouldObject_whenARunningSagaHasNoWakeUp() {
    // given
    Told told = new Told("k", 0).started();
    // when
    var found = Told.foundBy(new WakeUpRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L8");
    assertThat(found.getFirst().sentence()).contains("to have a wake-up time");
  }

  @Test
  void shouldObject_whenAParkedSagaWakesUp() {
    // given
    Told told = Told.parked();
    StoredSaga row = StoredSaga.of(told.replayed());
    told.stored(new StoredSaga(row.state(), row.status(), row.seq(), Optional.of(Told.START)));
    // when
    var found = Told.foundBy(new WakeUpRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L8");
    assertThat(found.getFirst().sentence()).contains("to have no wake-up time");
  }

  @Test
  void shouldObject_whenAParkedSagaDoesNotSayWhy() {
    // given
    Told told = new Told("k", 0).started().issue("payment").park(" ");
    // when
    var found = Told.foundBy(new WakeUpRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L8");
    assertThat(found.getFirst().sentence()).contains("to say why");
  }

  @Test
  void shouldObject_whenTheEndOfAWaitWakesNobody() {
    // given
    Told told = Told.trip().await("approval", Told.START.plusSeconds(60)).issue("search");
    StoredSaga row = StoredSaga.of(told.replayed());
    told.stored(
        new StoredSaga(
            row.state(), row.status(), row.seq(), Optional.of(Told.START.plusSeconds(61))));
    // when
    var found = Told.foundBy(new WakeUpRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L8");
    assertThat(found.getFirst().sentence()).contains("when the wait of 'approval' is over");
  }
}
