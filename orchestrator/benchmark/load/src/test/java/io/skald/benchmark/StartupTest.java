package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.standalone.Packaging;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StartupTest {
  private static final Path DEFAULT_STATE = Path.of("/checkout/.skald/startup");

  @Test
  void shouldMeasureAllPrograms_whenNothingIsSaid() {
    StartupArguments arguments = parse();

    assertThat(arguments.rounds()).isEqualTo(3);
    assertThat(arguments.programs())
        .containsExactly(Packaging.JVM, Packaging.AOT, Packaging.NATIVE);
    assertThat(arguments.state()).isEqualTo(DEFAULT_STATE);
    assertThat(arguments.load().points())
        .containsExactly(LoadPoint.closed(64), LoadPoint.open(100));
  }

  @Test
  void shouldTakeTheWords_whenTheyAreGiven() {
    StartupArguments arguments =
        parse("--rounds", "7", "--programs", "native,jvm", "--rate", "20", "--seconds=5");

    assertThat(arguments.rounds()).isEqualTo(7);
    assertThat(arguments.programs()).containsExactly(Packaging.NATIVE, Packaging.JVM);
    assertThat(arguments.text()).contains("7 rounds", "20 arrivals/s", "5 s measured");
  }

  @Test
  void shouldNameTheWrongWord_whenOneIs() {
    assertThatThrownBy(() -> parse("--programs", "jvm,wasm"))
        .hasMessageContaining("jvm or aot or native")
        .hasMessageContaining("'wasm'");
    assertThatThrownBy(() -> parse("--sweep", "8"))
        .hasMessageContaining("Unknown flag '--sweep'")
        .hasMessageContaining("--rounds");
  }

  @Test
  void shouldPrintMediansAndTheirRatio_whenThereAreSeveralRounds() throws IOException {
    StartupResult result = new StartupResult(Machine.now(), 200_000_000, "3 rounds");
    for (double seconds : new double[] {4, 9, 2}) {
      result.add(Packaging.JVM, StartupFigure.ORCHESTRATOR_READY, seconds);
      result.add(Packaging.NATIVE, StartupFigure.ORCHESTRATOR_READY, seconds / 8);
    }
    result.add(Packaging.JVM, StartupFigure.SHOP_READY, 1);
    result.add(Packaging.JVM, StartupFigure.SHOP_READY, 2);

    assertThat(result.table().lines().filter(line -> line.contains("time to ready")))
        .satisfiesExactly(
            line -> assertThat(line).contains("orchestrator", "4.00", "0.50 (0.13)"),
            line -> assertThat(line).contains("shop", "1.50").endsWith("-"));
    JsonNode json = new ObjectMapper().readTree(result.json());
    assertThat(json.at("/jvm/orchestrator_ready/median").asDouble()).isEqualTo(4);
    assertThat(json.at("/jvm/orchestrator_ready/rounds")).hasSize(3);
  }

  private static StartupArguments parse(String... words) {
    return StartupArguments.parse(words, DEFAULT_STATE);
  }
}
