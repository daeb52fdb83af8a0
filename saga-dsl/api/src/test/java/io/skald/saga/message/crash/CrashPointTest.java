package io.skald.saga.message.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointTest {

  @TempDir Path directory;

  @Test
  void shouldGoOn_whenTheJvmWasStartedWithoutTheProperty() {
    assertThat(System.getProperty(CrashPoint.ORDERS)).isNull();
    for (CrashPoint point : CrashPoint.values()) {
      point.reached();
    }
  }

  @Test
  void shouldObeyOnce_whenItsLabelIsOrdered() throws IOException {
    // given
    Path orders = Files.writeString(directory.resolve("orders"), "lane-before-commit\n");
    // when
    boolean first = CrashPoint.LANE_BEFORE_COMMIT.isOrdered(orders);
    boolean second = CrashPoint.LANE_BEFORE_COMMIT.isOrdered(orders);
    // then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(orders).doesNotExist();
  }

  @Test
  void shouldLeaveTheOrder_whenAnotherPointIsMeant() throws IOException {
    Path orders = Files.writeString(directory.resolve("orders"), "lane-before-commit");
    assertThat(CrashPoint.LANE_AFTER_COMMIT.isOrdered(orders)).isFalse();
    assertThat(orders).exists();
  }

  @Test
  void shouldGoOn_whenNothingIsOrdered() {
    assertThat(CrashPoint.LANE_AFTER_COMMIT.isOrdered(directory.resolve("orders"))).isFalse();
  }
}
