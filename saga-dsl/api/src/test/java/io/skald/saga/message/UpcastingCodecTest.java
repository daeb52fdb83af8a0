package io.skald.saga.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UpcastingCodecTest {

  private static final String NAME = "PaymentProcessed";

  /** In version 1 a payment had "id" only; version 2 called it "paymentId"; 3 has a currency. */
  @Message(name = NAME, version = 3)
  record PaymentProcessed(String paymentId, String currency) {}

  private static final Upcaster FIRST =
      Upcaster.of(
          NAME,
          1,
          payload -> {
            payload.put("paymentId", payload.remove("id"));
            return payload;
          });
  private static final Upcaster SECOND =
      Upcaster.of(
          NAME, 2, payload -> Map.of("paymentId", payload.get("paymentId"), "currency", "EUR"));

  private final PayloadCodec codec = new UpcastingCodec(new Json(), List.of(SECOND, FIRST));

  @Test
  void shouldGoThroughEachVersion_whenAPayloadIsOld() {
    assertThat(read("{\"id\":\"P-1\",\"more\":[1]}", 1))
        .isEqualTo(new PaymentProcessed("P-1", "EUR"));
    assertThat(read("{\"paymentId\":\"P-1\"}", 2)).isEqualTo(new PaymentProcessed("P-1", "EUR"));
    assertThat(read("{\"paymentId\":\"P-1\",\"currency\":\"USD\"}", 3))
        .isEqualTo(new PaymentProcessed("P-1", "USD"));
  }

  @Test
  void shouldNeverGuess_whenAPayloadIsNewerOrAnotherOrTheWayHasAGap() {
    // given
    PayloadCodec gap = new UpcastingCodec(new Json(), List.of(FIRST));
    MessageType wanted = new MessageType(NAME, 3);
    // then
    assertThat(codec.canRead(new MessageType(NAME, 4), wanted)).isFalse();
    assertThat(codec.canRead(new MessageType("Other", 3), wanted)).isFalse();
    assertThat(gap.canRead(new MessageType(NAME, 1), wanted)).isFalse();
    assertThatThrownBy(() -> read("{}", 4))
        .isInstanceOf(UnreadablePayloadException.class)
        .hasMessageContaining("PaymentProcessed v3")
        .hasMessageContaining("found PaymentProcessed v4");
    assertThatThrownBy(() -> gap.decode("{}", new MessageType(NAME, 1), PaymentProcessed.class))
        .isInstanceOf(UnreadablePayloadException.class);
    assertThatThrownBy(
            () -> new Json().decode("{}", new MessageType(NAME, 2), PaymentProcessed.class))
        .isInstanceOf(UnreadablePayloadException.class);
  }

  @Test
  void shouldSayWhichUpcaster_whenItGivesNothing() {
    // given
    @SuppressWarnings("NullAway") // What must not be.
    Upcaster broken = Upcaster.of(NAME, 2, payload -> null);
    PayloadCodec with = new UpcastingCodec(new Json(), List.of(broken));
    // then
    assertThatThrownBy(() -> with.decode("{}", new MessageType(NAME, 2), PaymentProcessed.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PaymentProcessed v2");
  }

  @Test
  void shouldNameAllOfThem_whenUpcastersTakeTheSameVersion() {
    assertThatThrownBy(() -> new UpcastingCodec(new Json(), List.of(FIRST, SECOND, FIRST, SECOND)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PaymentProcessed v1")
        .hasMessageContaining("PaymentProcessed v2");
  }

  private PaymentProcessed read(String json, int version) {
    return codec.decode(json, new MessageType(NAME, version), PaymentProcessed.class);
  }

  private static final class Json implements PayloadCodec {

    private static final ObjectMapper MAPPER =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    @Override
    public String encode(Object value) {
      try {
        return MAPPER.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new UnreadablePayloadException("can't write", e);
      }
    }

    @Override
    public <T> T decode(String json, Class<T> type) {
      try {
        return MAPPER.readValue(json, type);
      } catch (JsonProcessingException e) {
        throw new UnreadablePayloadException("can't read", e);
      }
    }
  }
}
