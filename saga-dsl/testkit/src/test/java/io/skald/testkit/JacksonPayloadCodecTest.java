package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.saga.message.UnreadablePayloadException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonPayloadCodecTest {

  private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

  record Parcel(String id, BigDecimal weight, Instant at, Duration within, Optional<String> note) {}

  @Test
  void shouldGiveTheValueBack_whenItWasWritten() {
    // given
    Parcel parcel =
        new Parcel(
            "P-1",
            new BigDecimal("1.10"),
            Instant.parse("2026-01-01T00:00:00Z"),
            Duration.ofSeconds(90),
            Optional.of("fragile"));
    // when
    String json = codec.encode(parcel);
    // then
    assertThat(json)
        .isEqualTo(
            "{\"at\":\"2026-01-01T00:00:00Z\",\"id\":\"P-1\",\"note\":\"fragile\","
                + "\"weight\":1.10,\"within\":\"PT1M30S\"}");
    assertThat(codec.decode(json, Parcel.class)).isEqualTo(parcel);
  }

  @Test
  void shouldPassOverMembers_whenItDoesNotKnowThem() {
    assertThat(codec.decode("{\"id\":\"P-1\",\"colour\":\"red\"}", Parcel.class).id())
        .isEqualTo("P-1");
  }

  @Test
  void shouldGiveEqualText_whenMapsAreEqual() {
    // given
    Map<String, Integer> one = new LinkedHashMap<>();
    one.put("b", 2);
    one.put("a", 1);
    // then
    assertThat(codec.encode(one)).isEqualTo(codec.encode(Map.of("a", 1, "b", 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"weight\":\"heavy\"}"})
  void shouldSayThatItIsUnreadable_whenItIsNoSuchValue(String json) {
    assertThatExceptionOfType(UnreadablePayloadException.class)
        .isThrownBy(() -> codec.decode(json, Parcel.class))
        .withMessageContaining("Parcel");
  }

  @Test
  void shouldSayThatItIsUnreadable_whenItIsTooDeep() {
    String deep = "[".repeat(65) + "]".repeat(65);
    assertThatExceptionOfType(UnreadablePayloadException.class)
        .isThrownBy(() -> codec.decode(deep, Object.class));
  }
}
