package io.skald.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.standalone.StandaloneException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChaosArgumentsTest {

  private static final Path STATE = Path.of("/var/skald");

  @Test
  void shouldReadAllFlags() {
    ChaosArguments read =
        parse(
            "--minutes 60 --seed 7 --rate 5 --twin 54000 --state /data --json out.json --report"
                + " r.md");
    assertThat(read.length()).isEqualTo(Duration.ofHours(1));
    assertThat(read.seed()).isEqualTo(7);
    assertThat(read.perSecond()).isEqualTo(5);
    assertThat(read.twin()).contains(54_000L);
    assertThat(read.stateDir()).isEqualTo(Path.of("/data"));
    assertThat(read.json()).contains(Path.of("out.json").toAbsolutePath());
    assertThat(read.report()).isEqualTo(Path.of("r.md").toAbsolutePath());
    assertThat(read.command())
        .isEqualTo("./skald chaos --minutes 60.0 --seed 7 --rate 5 --twin 54000");
  }

  @Test
  void shouldHaveDefaults() {
    ChaosArguments read = ChaosArguments.parse(new String[0], STATE);
    assertThat(read.length()).isEqualTo(Duration.ofMinutes(2));
    assertThat(read.seed()).isPositive();
    assertThat(read.calm()).isFalse();
    assertThat(read.report()).isEqualTo(STATE.resolve("report.html"));
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertThatThrownBy(() -> parse("--minuets 1"))
        .isInstanceOf(StandaloneException.class)
        .hasMessageContaining("--minuets")
        .hasMessageContaining("--minutes");
    assertThatThrownBy(() -> parse("--seed")).hasMessageContaining("wants a value");
    assertThatThrownBy(() -> parse("--seed x")).hasMessageContaining("whole number");
    assertThatThrownBy(() -> parse("--minutes 0")).hasMessageContaining("0.2");
  }

  private static ChaosArguments parse(String line) {
    return ChaosArguments.parse(line.split(" ", -1), STATE);
  }
}
