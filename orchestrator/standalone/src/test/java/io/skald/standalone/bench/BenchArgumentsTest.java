package io.skald.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BenchArgumentsTest {
  private static final Path DEFAULT_STATE = Path.of("/checkout/.skald/bench");

  @Test
  void shouldTakeTheDocumentedDefaults_whenNothingIsSaid() {
    assertThat(parse())
        .isEqualTo(
            new BenchArguments(
                64,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                100,
                Profile.HAPPY,
                StartBy.SHOP,
                Optional.empty(),
                DEFAULT_STATE,
                false,
                Optional.empty()));
  }

  @Test
  void shouldReadEveryFlag_whenAllAreGiven() {
    BenchArguments read =
        parse(
            "--in-flight=512",
            "--seconds",
            "5",
            "--warm-up",
            "0",
            "--lone=0",
            "--profile",
            "compensating",
            "--start",
            "event",
            "--json",
            "/tmp/result.json",
            "--state",
            "/tmp/bench",
            "--fresh");

    assertThat(read)
        .isEqualTo(
            new BenchArguments(
                512,
                Duration.ofSeconds(5),
                Duration.ZERO,
                0,
                Profile.COMPENSATING,
                StartBy.EVENT,
                Optional.of(Path.of("/tmp/result.json")),
                Path.of("/tmp/bench"),
                true,
                Optional.empty()));
  }

  @Test
  void shouldUseARunningStack_whenItsAddressesAreGiven() {
    BenchArguments read =
        parse("--orchestrator=http://a:8080", "--shop=http://b:8081", "--kafka=c:9092");

    assertThat(read.running())
        .contains(
            new BenchArguments.Running(
                URI.create("http://a:8080"), URI.create("http://b:8081"), "c:9092"));
  }

  @Test
  void shouldSayWhatIsWrong_whenAWordIs() {
    assertThatThrownBy(() -> parse("--inflight", "1"))
        .hasMessageContaining("Unknown flag '--inflight'")
        .hasMessageContaining("--in-flight");
    assertThatThrownBy(() -> parse("--seconds")).hasMessageContaining("wants a value");
    assertThatThrownBy(() -> parse("--in-flight", "0"))
        .hasMessageContaining("from 1 to 20000 as --in-flight")
        .hasMessageContaining("'0'");
    assertThatThrownBy(() -> parse("--profile", "sad"))
        .hasMessageContaining("happy or compensating as --profile");
    assertThatThrownBy(() -> parse("--shop", "http://b:8081"))
        .hasMessageContaining("together")
        .hasMessageContaining("got only --shop");
    assertThatThrownBy(() -> parse("--orchestrator=a", "--shop=http://b", "--kafka=c:1"))
        .hasMessageContaining("http://localhost:8080 as --orchestrator");
    assertThatThrownBy(
            () -> parse("--orchestrator=http://a", "--shop=http://b", "--kafka=c:1", "--fresh"))
        .hasMessageContaining("--fresh");
  }

  private static BenchArguments parse(String... words) {
    return BenchArguments.parse(words, DEFAULT_STATE);
  }
}
