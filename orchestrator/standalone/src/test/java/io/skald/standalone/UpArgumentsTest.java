package io.skald.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UpArgumentsTest {
  private static final Path DEFAULT_STATE = Path.of("/checkout/.skald");

  @Test
  void shouldTakeTheDocumentedDefaults_whenNothingIsSaid() {
    UpArguments read = parse(Map.of());

    assertThat(read)
        .isEqualTo(
            new UpArguments(DEFAULT_STATE, false, Packaging.AOT, StackOptions.Ports.DOCUMENTED));
  }

  @Test
  void shouldPreferTheFlag_whenTheEnvironmentSaysOtherwise() {
    UpArguments read =
        parse(
            Map.of("SKALD_SHOP_PORT", "1", "SKALD_KAFKA_PORT", "2", "SKALD_STATE", "/elsewhere"),
            "--fresh",
            "--native",
            "--shop-port",
            "18081",
            "--postgres-port=0");

    assertThat(read)
        .isEqualTo(
            new UpArguments(
                Path.of("/elsewhere"),
                true,
                Packaging.NATIVE,
                new StackOptions.Ports(8080, 18081, 2, 0)));
  }

  @Test
  void shouldNameTheWrongWord_whenOneIs() {
    assertThatThrownBy(() -> parse(Map.of(), "--shoport", "1"))
        .hasMessageContaining("Unknown flag '--shoport'")
        .hasMessageContaining("--shop-port");
    assertThatThrownBy(() -> parse(Map.of(), "--state")).hasMessageContaining("wants a value");
    assertThatThrownBy(() -> parse(Map.of("SKALD_KAFKA_PORT", "70000")))
        .hasMessageContaining("SKALD_KAFKA_PORT")
        .hasMessageContaining("'70000'");
  }

  @Test
  void shouldRefuse_whenTwoServicesWouldHaveOnePort() {
    assertThatThrownBy(() -> parse(Map.of(), "--shop-port", "8080"))
        .hasMessageContaining("two have 8080");
  }

  private static UpArguments parse(Map<String, String> environment, String... words) {
    return UpArguments.parse(words, environment, DEFAULT_STATE);
  }
}
