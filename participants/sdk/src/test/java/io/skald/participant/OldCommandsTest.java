package io.skald.participant;

import static io.skald.participant.CommandRecords.action;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.message.Command;
import io.skald.saga.message.Message;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.Upcaster;
import io.skald.saga.message.UpcastingCodec;
import io.skald.saga.message.WireHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was sent and recorded by earlier code is read by today's: the files of {@code stored}. */
final class OldCommandsTest {

  private static final SagaId SAGA = new SagaId(new UUID(1, 2));

  /** Version 1 had an amount without a currency. */
  @Message(version = 3)
  record ReserveRoom(String orderId, BigDecimal amount, String currency)
      implements Command<RoomReserved> {}

  /** Version 1 called it "id". */
  @Message(version = 2)
  record RoomReserved(String reservationId) {}

  private static final Upcaster FIRST =
      Upcaster.of(
          "ReserveRoom",
          1,
          payload -> {
            payload.put("currency", "EUR");
            return payload;
          });
  private static final Upcaster SECOND = Upcaster.of("ReserveRoom", 2, payload -> payload);
  private static final Upcaster BROKEN =
      Upcaster.of(
          "ReserveRoom",
          1,
          payload -> {
            throw new IllegalStateException("a defect of the upcaster");
          });
  private static final Upcaster REPLY =
      Upcaster.of(
          "RoomReserved",
          1,
          payload -> {
            payload.put("reservationId", payload.remove("id"));
            return payload;
          });

  private final ParticipantService hotel =
      ParticipantService.named("hotel")
          .action(ReserveRoom.class, (command, context) -> new RoomReserved("R-1"))
          .build();

  @Test
  void shouldGiveTheHandlerWhatItTakes_whenTheCommandIsOld() {
    // when
    Delivery<?, ?> delivery = ((Reading.Readable) read("1", FIRST, SECOND)).delivery();
    // then
    assertThat(delivery.command())
        .isEqualTo(new ReserveRoom("ORD-1", new BigDecimal("10.10"), "EUR"));
    assertThat(delivery.messageType()).isEqualTo(new MessageType("ReserveRoom", 1));
  }

  @Test
  void shouldSetTheCommandAside_whenItIsNewerOrHasNoWayHere() {
    assertThat(reason(read("4", FIRST, SECOND))).isEqualTo(DeadLetterReason.UNKNOWN_VERSION);
    assertThat(reason(read("1", FIRST))).isEqualTo(DeadLetterReason.UNKNOWN_VERSION);
  }

  @Test
  void shouldSayWhy_whenAnUpcasterThrows() {
    // when
    Reading reading = read("1", BROKEN, SECOND);
    // then
    assertThat(reason(reading)).isEqualTo(DeadLetterReason.BAD_PAYLOAD);
    assertThat(((Reading.Unreadable) reading).detail()).contains("a defect of the upcaster");
  }

  @Test
  void shouldGiveACompensationItsActionsReply_whenThatWasRecordedLongAgo() {
    // given
    Delivery<?, ?> delivery = ((Reading.Readable) read("1", FIRST, SECOND)).delivery();
    RecordedReply recorded =
        new RecordedReply(new MessageType("RoomReserved", 1), file("RoomReserved.v1.json"));
    // when
    CommandContext context = new DeliveryContext(delivery, Optional.of(recorded), codec(REPLY));
    // then
    assertThat(context.actionReply(RoomReserved.class)).contains(new RoomReserved("R-7"));
  }

  private Reading read(String version, Upcaster... upcasters) {
    return new CommandReader(codec(upcasters), 1000)
        .read(
            hotel,
            action("hotel", SAGA, "ReserveRoom", file("ReserveRoom.v1.json"))
                .header(WireHeaders.DATA_VERSION, version)
                .consumed(),
            partition -> true);
  }

  private static DeadLetterReason reason(Reading reading) {
    return ((Reading.Unreadable) reading).reason();
  }

  private static UpcastingCodec codec(Upcaster... upcasters) {
    return new UpcastingCodec(new JacksonPayloadCodec(new ObjectMapper()), List.of(upcasters));
  }

  private static String file(String name) {
    try (InputStream in = OldCommandsTest.class.getResourceAsStream("/stored/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
