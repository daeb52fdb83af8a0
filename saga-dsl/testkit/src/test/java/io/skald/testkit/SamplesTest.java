package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.machine.Attempts;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SamplesTest {

  enum Colour {
    RED,
    BLUE
  }

  record Line(String product, int quantity) {}

  record Everything(
      String text,
      int number,
      Long another,
      BigDecimal amount,
      double weight,
      boolean yes,
      Colour colour,
      UUID id,
      URI link,
      Instant at,
      LocalDate on,
      Duration within,
      List<Line> lines,
      Set<Colour> colours,
      Map<String, Line> byName,
      Optional<String> note,
      Line nested) {}

  static final class Plain {
    public String text = "";
    public int number;
    public String[] words = {};
  }

  interface Unknowable {}

  record Odd(Unknowable what) {}

  record Checked(int percent) {

    Checked {
      if (percent < 10_000) {
        throw new IllegalArgumentException("Expected a percent of 10,000, but found " + percent);
      }
    }
  }

  record Asked(String text, int number, String yes) {}

  private final JacksonPayloadCodec codec = new JacksonPayloadCodec();
  private final SampleReplies samples = new SampleReplies(codec, Map.of());

  @Test
  void shouldTellWhereEachValueComesFrom_whenMadeFromARecord() {
    // when
    Everything made =
        codec.decode(Samples.of(Everything.class, "step").toString(), Everything.class);
    // then
    assertThat(made.text()).isEqualTo("step.text");
    assertThat(made.number()).isPositive().isNotEqualTo(made.another().intValue());
    assertThat(made.colour()).isEqualTo(Colour.RED);
    assertThat(made.lines())
        .extracting(Line::product)
        .containsExactly("step.lines.product", "step.lines2.product");
    assertThat(made.colours()).containsExactly(Colour.RED);
    assertThat(made.byName()).containsOnlyKeys("step.byName.key");
    assertThat(made.note()).contains("step.note");
    assertThat(made.nested().product()).isEqualTo("step.nested.product");
    assertThat(made.within()).isEqualTo(Duration.ofMinutes(1));
    assertThat(made.id())
        .isNotEqualTo(
            codec.decode(Samples.of(Everything.class, "other").toString(), Everything.class).id());
  }

  @Test
  void shouldFillItsFields_whenMadeFromAClass() {
    Plain made = codec.decode(Samples.of(Plain.class, "step").toString(), Plain.class);
    assertThat(made.text).isEqualTo("step.text");
    assertThat(made.words).containsExactly("step.words", "step.words2");
  }

  @Test
  void shouldRepeatWhatTheCommandSays_whenAReplyHasTheSameMember() {
    // given
    CommandIssued command = asked(new Asked("from the command", 42, "not a boolean"));
    // when
    Everything reply = codec.decode(samples.replyTo(command, Everything.class), Everything.class);
    // then
    assertThat(reply.text()).isEqualTo("from the command");
    assertThat(reply.number()).isEqualTo(42);
    assertThat(reply.yes()).isTrue();
    assertThat(reply.nested().product()).isEqualTo("step.nested.product");
  }

  @Test
  void shouldSayTheWayOut_whenNoSampleCanBeMade() {
    CommandIssued command = asked(new Asked("", 1, ""));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> samples.replyTo(command, Odd.class))
        .withMessageContainingAll("step.what is of type Unknowable", ".reply(\"step\"");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> samples.replyTo(command, Checked.class))
        .withMessageContainingAll("Checked v1", "10,000", ".reply(\"step\"");
  }

  private CommandIssued asked(Asked asked) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return new CommandIssued(
        new StepName("step"),
        StepKind.COMPENSATABLE,
        Phase.ACTION,
        new Attempts(1, 1, now),
        Participant.named("somebody"),
        MessageType.of(Asked.class),
        codec.encode(asked),
        now);
  }
}
