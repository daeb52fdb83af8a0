package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BenchArgumentsTest {
  private static final Path DEFAULT_STATE = Path.of("/checkout/.skald/bench");

  @Test
  void shouldTakeTheDocumentedDefaults_whenNothingIsSaid() {
    BenchArguments read = parse();

    assertThat(read.profile()).isEqualTo(Profile.HAPPY);
    assertThat(read.participants()).isEqualTo(Participants.SHOP);
    assertThat(read.start()).isEqualTo(StartBy.SHOP);
    assertThat(read.steps()).isEqualTo(3);
    assertThat(read.points()).containsExactly(LoadPoint.closed(64));
    assertThat(read.measured()).isEqualTo(Duration.ofSeconds(30));
    assertThat(read.warmUp()).isEqualTo(Duration.ofSeconds(60));
    assertThat(read.lone()).isEqualTo(100);
    assertThat(read.orchestrators()).isEqualTo(1);
    assertThat(read.state()).isEqualTo(DEFAULT_STATE.resolve("shop"));
    assertThat(read.fresh()).isFalse();
    assertThat(read.running()).isEmpty();
  }

  @Test
  void shouldReadEveryFlag_whenAllAreGiven() {
    BenchArguments read =
        parse(
            "--participants=trivial",
            "--in-flight=512",
            "--seconds",
            "5",
            "--warm-up",
            "0",
            "--lone=0",
            "--profile",
            "compensating",
            "--start",
            "rest",
            "--orchestrators",
            "2",
            "--wide",
            "--set",
            "A=b=c",
            "--set=D=",
            "--json",
            "/tmp/result.json",
            "--state",
            "/tmp/bench",
            "--fresh");

    assertThat(read)
        .isEqualTo(
            new BenchArguments(
                Profile.COMPENSATING,
                Participants.TRIVIAL,
                StartBy.REST,
                50,
                List.of(LoadPoint.closed(512)),
                Duration.ofSeconds(5),
                Duration.ZERO,
                0,
                2,
                List.of(),
                Map.of("A", "b=c", "D", ""),
                new BenchArguments.Output(
                    Optional.of(Path.of("/tmp/result.json")), Optional.empty(), Optional.empty()),
                Path.of("/tmp/bench"),
                true,
                Optional.empty()));
  }

  @Test
  void shouldStartByEvent_whenNoShopTakesPart() {
    BenchArguments read = parse("--participants", "trivial");

    assertThat(read.start()).isEqualTo(StartBy.EVENT);
    assertThat(read.state()).isEqualTo(DEFAULT_STATE.resolve("trivial"));
  }

  @Test
  void shouldHaveSeveralLoads_whenASweepIsGiven() {
    assertThat(parse("--sweep", "8,64", "--rates=100,200").points())
        .containsExactly(
            LoadPoint.closed(8), LoadPoint.closed(64), LoadPoint.open(100), LoadPoint.open(200));
    assertThat(parse("--rate", "300").points()).containsExactly(LoadPoint.open(300));
  }

  @Test
  void shouldUseARunningStack_whenItsAddressesAreGiven() {
    BenchArguments read =
        parse("--orchestrator=http://a:8080", "--shop=http://b:8081", "--kafka=c:9092");

    assertThat(read.running())
        .contains(
            new BenchArguments.Running(
                URI.create("http://a:8080"), Optional.of(URI.create("http://b:8081")), "c:9092"));
  }

  @Test
  void shouldSayWhatIsWrong_whenAWordIs() {
    refused("Unknown flag '--inflight'", "--inflight", "1");
    refused("--in-flight", "--inflight", "1");
    refused("wants a value", "--seconds");
    refused("from 1 to 100000 as --in-flight, but got '0'", "--in-flight", "0");
    refused("from 1 to 100000 as --sweep, but got 'x'", "--sweep", "8,x");
    refused("happy or compensating or mixed or retrying as --profile", "--profile", "sad");
    refused("NAME=VALUE as --set", "--set", "A");
    refused("got only --kafka", "--kafka", "b:1");
    refused("such as http://localhost:8080 as --orchestrator", "--orchestrator=a", "--kafka=c:1");
  }

  @Test
  void shouldSayWhatDoesNotFit_whenWordsContradictEachOther() {
    refused("--fresh", "--orchestrator=http://a", "--shop=http://b", "--kafka=c:1", "--fresh");
    refused("Expected --shop", "--orchestrator=http://a", "--kafka=c:1");
    refused(
        "own", "--orchestrator=http://a", "--shop=http://b", "--kafka=c:1", "--orchestrators=2");
    refused("--start shop needs", "--participants=trivial", "--start=shop");
    refused("--wide need --participants trivial", "--wide");
    refused("--scale-steps needs one --rate", "--scale-steps=1,2");
  }

  private static void refused(String because, String... words) {
    assertThatThrownBy(() -> parse(words)).hasMessageContaining(because);
  }

  private static BenchArguments parse(String... words) {
    return BenchArguments.parse(words, DEFAULT_STATE);
  }
}
