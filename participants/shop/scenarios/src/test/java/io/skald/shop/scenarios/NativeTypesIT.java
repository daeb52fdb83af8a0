package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A native executable reads and writes as JSON only what was registered when it was built. What it
 * would be built of is looked at here on every run of the tests; no GraalVM is needed.
 */
@DisabledIfSystemProperty(
    named = "skald.native-sources.skip",
    matches = "true",
    disabledReason = "only -Pstrict, which is what './skald test' runs, writes the sources")
final class NativeTypesIT {

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "services"})
  void shouldBeRegistered_whenATypeTravelsAsJson(String application) {
    try (NativeSources sources =
        NativeSources.in(Path.of("..", application, "target", "native-sources"))) {
      Map<String, String> types = ReflectedTypes.of(sources);
      assertThat(types).containsKeys("io.skald.shop.messages.PaymentProcessed");
      types.keySet().removeAll(sources.registered());
      assertThat(types).as("not registered for reflection, and why they should be").isEmpty();
    }
  }
}
