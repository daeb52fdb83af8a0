package io.skald.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.UnreadablePayloadException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JacksonPayloadCodecTest {

  record Money(BigDecimal amount, Map<String, Object> more) {}

  private final JacksonPayloadCodec codec = new JacksonPayloadCodec(new ObjectMapper());

  @Test
  void shouldKeepEveryDigit() {
    Money money = codec.decode("{\"amount\":1234567890123456789.10}", Money.class);
    JsonNode tree = codec.decode("{\"a\":0.10,\"b\":1e2}", JsonNode.class);

    assertThat(money.amount()).isEqualTo(new BigDecimal("1234567890123456789.10"));
    assertThat(codec.encode(money)).contains("1234567890123456789.10");
    assertThat(codec.encode(new Money(new BigDecimal("1E+3"), Map.of()))).contains("1000");
    assertThat(codec.encode(tree)).isEqualTo("{\"a\":0.10,\"b\":100}");
  }

  @Test
  void shouldWriteEqualValuesAlike() {
    Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
    one.put("b", 2);
    Map<String, Object> other = new LinkedHashMap<>(Map.of("b", 2));
    other.put("a", 1);

    assertThat(codec.encode(new Money(BigDecimal.ONE, one)))
        .isEqualTo(codec.encode(new Money(BigDecimal.ONE, other)));
  }

  @Test
  void shouldSayWhatItExpected_whenUnreadable() {
    assertThatThrownBy(() -> codec.decode("{", Money.class))
        .isInstanceOf(UnreadablePayloadException.class)
        .hasMessageContaining("Money");
  }
}
