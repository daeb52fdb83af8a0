package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonPayloadCodecTest {

  private final PayloadCodec codec = Records.CODEC;

  record Money(BigDecimal amount, String text) {}

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
