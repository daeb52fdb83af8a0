package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.standalone.StandaloneException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ChaosTest {

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void shouldTakeNoFailureOfTheHarnessForALawBroken() {
    assertThat(status(failing(new IllegalStateException("no more records come")))).isEqualTo(2);
    assertThat(said()).contains("skald: ").contains("no more records come").contains("\tat ");
    assertThat(status(failing(new OutOfMemoryError("heap")))).isEqualTo(2);
    assertThat(
            status(
                () -> {
                  throw new SQLException("gone");
                }))
        .isEqualTo(2);
  }

  @Test
  void shouldSayInOneSentence_whenTheWayOutIsKnown() {
    assertThat(status(failing(new StandaloneException("Unknown flag '--x'")))).isEqualTo(2);
    assertThat(said()).isEqualToIgnoringNewLines("skald: Unknown flag '--x'");
  }

  @Test
  void shouldEndAsTheVerdictSays() {
    assertThat(status(() -> 0)).isEqualTo(0);
    assertThat(status(() -> 1)).isEqualTo(1);
  }

  private int status(Chaos.Work work) {
    return Chaos.status(work, new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  private static Chaos.Work failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  private static Chaos.Work failing(Error failure) {
    return () -> {
      throw failure;
    };
  }
}
