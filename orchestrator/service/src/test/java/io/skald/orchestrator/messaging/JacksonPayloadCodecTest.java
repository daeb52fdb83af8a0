package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonPayloadCodecTest {

  private final PayloadCodec codec = Records.CODEC;

  record Money(BigDecimal amount, String text) {}

  record Raw(@JsonRawValue String raw) {}

  record Anything(double number, long whole, boolean is, String text, List<Object> more) {}

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "1E+3", "1e3", "0.1", "-0.0", "100000000000000000000", "1e400"})
  void shouldWriteTheSame_whenReadAgain(String number) {
    // given
    String once = codec.encode(codec.decode("{\"amount\":" + number + ",\"x\":1}", Money.class));

    // then
    assertThat(codec.encode(codec.decode(once, Money.class))).isEqualTo(once);
  }

  @Test
  void shouldKeepScale() {
    assertThat(codec.encode(new Money(new BigDecimal("1.10"), "ä")))
        .isEqualTo("{\"amount\":1.10,\"text\":\"ä\"}");
  }

  @Test
  void shouldWriteEqualMapsAlike() {
    Map<String, Integer> one = new LinkedHashMap<>(Map.of("a", 1));
    one.put("b", 2);
    Map<String, Integer> other = new LinkedHashMap<>(Map.of("b", 2));
    other.put("a", 1);
    assertThat(codec.encode(one)).isEqualTo(codec.encode(other));
    assertThat(codec.encode(new HashMap<>(one))).isEqualTo(codec.encode(one));
  }

  @Test
  void shouldWriteWhatUtf8CanHold_whenTextIsHalfAPair() {
    // when
    String json = codec.encode(codec.decode("{\"text\":\"a\\ud83db😀\\u0000\"}", Money.class));

    // then
    assertThat(json).isEqualTo("{\"amount\":null,\"text\":\"a?b😀\\u0000\"}");
    assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E3",
        "1e-7",
        "-0.0",
        "[ 1,2]",
        "\"\\/\"",
        "\"\\u0041\"",
        "\"a e3 -0 E\"",
        "[1.5,true,-1]"
      })
  void shouldWriteWhatItsTreeSays_whenAValueWritesItself(String raw) throws Exception {
    // given
    String json = codec.encode(new Raw(raw));

    // then
    assertThat(json).isEqualTo(tree(json)).isEqualTo(tree("{\"raw\":" + raw + "}"));
  }

  @Test
  void shouldWriteWhatItsTreeSays_whateverTheValue() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      // given
      Anything value =
          new Anything(
              Double.longBitsToDouble(random.nextLong()),
              random.nextLong(),
              random.nextBoolean(),
              text(random),
              List.of(random.nextFloat(), random.nextInt(), text(random)));
      // when
      String json = codec.encode(value);
      // then
      assertThat(tree(json)).isEqualTo(json);
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 0, 300)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String tree(String json) throws JsonProcessingException {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build()
        .readTree(json)
        .toString();
  }

  @Test
  void shouldRefuseToWrite_whatIsTooDeepToBeRead() {
    Object deep = "";
    for (int i = 0; i < 65; i++) {
      deep = List.of(deep);
    }
    Object tooDeep = deep;
    assertThatThrownBy(() -> codec.encode(tooDeep)).isInstanceOf(UnreadablePayloadException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"amount\":\"x\"}"})
  void shouldRefuse_whatIsNotOfTheType(String json) {
    assertThatThrownBy(() -> codec.decode(json, Money.class))
        .isInstanceOf(UnreadablePayloadException.class);
  }

  @Test
  void shouldRefuseDeepNesting() {
    assertThat(codec.decode("[".repeat(64) + "]".repeat(64), Object.class)).isNotNull();
    assertThatThrownBy(() -> codec.decode("[".repeat(65) + "]".repeat(65), Object.class))
        .isInstanceOf(UnreadablePayloadException.class);
  }
}
