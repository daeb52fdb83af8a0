package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "08001", "57P01", "57P03", "53300", "53100", "58030", "40001", "40P01", "55P03"
      })
  void shouldBlameDatabase_whenStateSaysSo(String state) {
    assertThat(DatabaseTrouble.isCauseOf(new RuntimeException(new SQLException("x", state))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42P01", "22003", "25P02", "57014", "P0001"})
  void shouldBlameHandler_whenStateSaysSo(String state) {
    assertThat(DatabaseTrouble.isCauseOf(new RuntimeException(new SQLException("x", state))))
        .isFalse();
  }

  @Test
  void shouldBlameDatabase_whenConnectionIsLost() {
    assertThat(DatabaseTrouble.isCauseOf(new SQLTransientConnectionException())).isTrue();
    assertThat(
            DatabaseTrouble.isCauseOf(
                new SQLException("Acquisition timeout while waiting for new connection")))
        .isTrue();
    assertThat(DatabaseTrouble.isCauseOf(new XAException(XAException.XAER_RMFAIL))).isTrue();
  }

  @Test
  void shouldBlameDatabase_whenTroubleIsSuppressedOrNext() {
    RuntimeException commit = new RuntimeException("rolled back");
    commit.addSuppressed(new SQLException("gone", "08006"));
    SQLException batch = new SQLException("batch", "23505");
    batch.setNextException(new SQLException("deadlock", "40P01"));

    assertThat(DatabaseTrouble.isCauseOf(commit)).isTrue();
    assertThat(DatabaseTrouble.isCauseOf(batch)).isTrue();
  }

  @Test
  void shouldBlameHandler_whenNothingSpeaksOfDatabase() {
    RuntimeException circular = new RuntimeException();
    circular.addSuppressed(new RuntimeException(circular));

    assertThat(DatabaseTrouble.isCauseOf(circular)).isFalse();
    assertThat(DatabaseTrouble.isCauseOf(new SQLTimeoutException("slow", "57014"))).isFalse();
  }
}
