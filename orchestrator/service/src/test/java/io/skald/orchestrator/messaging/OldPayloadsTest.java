package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.Decision;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.Moment;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaMachine;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.machine.Verdict;
import io.skald.orchestrator.journal.StateCodec;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.Reading;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Message;
import io.skald.saga.message.Participant;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.Topic;
import io.skald.saga.message.Upcaster;
import io.skald.saga.message.UpcastingCodec;
import io.skald.saga.message.WireHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What earlier code has written is read by today's: the files of {@code stored}. */
final class OldPayloadsTest {

  private static final Topic BOOKINGS = Topic.of("booking-events");
  private static final Participant HOTEL = Participant.named("hotel");
  private static final SagaId SAGA = SagaId.forKey("booking", "B-1");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:05Z");

  /** Version 1 had one "guest"; the wish came without a new version, for it may be missing. */
  @Message(version = 2)
  record BookingRequested(String bookingId, List<String> guests, @Nullable String wish) {}

  record BookRoom(String bookingId, List<String> guests) implements Command<RoomBooked> {}

  /** Version 1 had a bare price, version 2 no currency. */
  @Message(version = 3)
  record RoomBooked(int roomNo, Rate rate) {}

  record Rate(BigDecimal price, String currency) {}

  record BookSpa(String bookingId, List<String> guests) implements Command<SpaBooked> {}

  record SpaBooked() {}

  @Message(version = 2)
  record Booking(String bookingId, List<String> guests, @Nullable Rate rate) {

    static Booking of(BookingRequested event) {
      return new Booking(event.bookingId(), event.guests(), null);
    }

    Booking booked(RoomBooked reply) {
      return new Booking(bookingId, guests, reply.rate());
    }
  }

  private static final SagaDefinition<Booking> DEFINITION =
      Saga.define("booking", 1, Booking.class)
          .startedBy(BOOKINGS, BookingRequested.class, BookingRequested::bookingId, Booking::of)
          .step("room", HOTEL, BookRoom.class, b -> new BookRoom(b.bookingId(), b.guests()))
          .onReply(Booking::booked)
          .nothingToCompensate()
          .step("spa", HOTEL, BookSpa.class, b -> new BookSpa(b.bookingId(), b.guests()))
          .nothingToCompensate()
          .build();

  private static final Upcaster EVENT = Upcaster.of("BookingRequested", 1, OldPayloadsTest::guests);
  private static final Upcaster DATA = Upcaster.of("Booking", 1, OldPayloadsTest::guests);
  private static final Upcaster REPLY_1 =
      Upcaster.of(
          "RoomBooked",
          1,
          payload -> {
            payload.put("rate", new HashMap<>(Map.of("price", payload.remove("price"))));
            return payload;
          });
  private static final Upcaster REPLY_2 =
      Upcaster.of(
          "RoomBooked",
          2,
          payload -> {
            rateOf(payload).put("currency", "EUR");
            return payload;
          });

  private static Map<String, Object> guests(Map<String, Object> payload) {
    payload.put("guests", List.of(Objects.requireNonNull(payload.remove("guest"))));
    return payload;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> rateOf(Map<String, Object> payload) {
    return (Map<String, Object>) Objects.requireNonNull(payload.get("rate"));
  }

  @Test
  void shouldStartASaga_whenTheEventIsOfAnOldVersion() {
    // when
    Reading reading = readStart("1", file("BookingRequested.v1.json"), EVENT);
    // then
    assertThat(reading).isInstanceOf(Reading.ForSaga.class);
    Input.StartRequested start = (Input.StartRequested) ((Reading.ForSaga) reading).input();
    assertThat(start.data())
        .isEqualTo(
            "{\"@dataversion\":2,\"bookingId\":\"B-1\",\"guests\":[\"Anna Karenina\"],\"rate\":null}");
  }

  @Test
  void shouldSetTheEventAside_whenNobodyKnowsItsVersionOrItsUpcasterThrows() {
    assertThat(because(readStart("3", "{}", EVENT)))
        .contains("BookingRequested v2")
        .contains("found BookingRequested v3");
    assertThat(because(readStart("1", file("BookingRequested.v1.json"))))
        .contains("found BookingRequested v1");
    assertThat(
            because(readStart("1", file("BookingRequested.v1.json"), broken("BookingRequested"))))
        .contains("a defect of the upcaster");
  }

  @Test
  void shouldFoldTheReply_whenItIsOneOrTwoVersionsOld() {
    for (int version : new int[] {1, 2}) {
      // when
      Decision decision =
          reply(version, file("RoomBooked.v" + version + ".json"), DATA, REPLY_1, REPLY_2);
      // then
      assertThat(decision.verdict()).isInstanceOf(Verdict.Applied.class);
      assertThat(decision.state().orElseThrow().core().data())
          .isEqualTo(
              "{\"@dataversion\":2,\"bookingId\":\"B-1\",\"guests\":[\"Anna Karenina\"],"
                  + "\"rate\":{\"currency\":\"EUR\",\"price\":80.50}}");
      assertThat(decision.transition().orElseThrow().entries())
          .filteredOn(CommandIssued.class::isInstance)
          .singleElement()
          .extracting(entry -> ((CommandIssued) entry).payload())
          .isEqualTo("{\"bookingId\":\"B-1\",\"guests\":[\"Anna Karenina\"]}");
    }
  }

  @Test
  void shouldRefuseTheReply_whenItIsNewerOrHasNoWayHere() {
    assertThat(reply(4, "{}", DATA, REPLY_1, REPLY_2).verdict())
        .isInstanceOf(Verdict.Refused.class);
    assertThat(reply(1, file("RoomBooked.v1.json"), DATA, REPLY_1).verdict())
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void shouldParkTheSaga_whenAnUpcasterThrows() {
    // when
    SagaState byReply =
        reply(2, file("RoomBooked.v2.json"), DATA, broken("RoomBooked", 2)).state().orElseThrow();
    SagaState byData =
        reply(2, file("RoomBooked.v2.json"), REPLY_2, broken("Booking")).state().orElseThrow();
    // then
    for (SagaState state : List.of(byReply, byData)) {
      assertThat(state).isInstanceOf(SagaState.Parked.class);
      assertThat(((SagaState.Parked) state).reason()).isEqualTo(ParkReason.DEFINITION_DEFECT);
      assertThat(((SagaState.Parked) state).problem().message())
          .contains("a defect of the upcaster");
    }
  }

  @Test
  void shouldParkTheSaga_whenItsDataIsNewerThanTheCode() {
    // when
    SagaState state =
        reply(
                stored(file("Booking.v1.data.json").replace("{", "{\"@dataversion\":3,")),
                3,
                "{\"roomNo\":7,\"rate\":{\"price\":1,\"currency\":\"EUR\"}}",
                DATA)
            .state()
            .orElseThrow();
    // then
    assertThat(((SagaState.Parked) state).problem().message()).contains("found Booking v3");
  }

  private static Upcaster broken(String name) {
    return broken(name, 1);
  }

  private static Upcaster broken(String name, int version) {
    return Upcaster.of(
        name,
        version,
        payload -> {
          throw new IllegalStateException("a defect of the upcaster");
        });
  }

  private static Reading readStart(String version, String payload, Upcaster... upcasters) {
    Map<String, String> headers = new HashMap<>();
    headers.put(WireHeaders.TYPE, "BookingRequested");
    headers.put(WireHeaders.DATA_VERSION, version);
    Envelope event = Records.record(BOOKINGS.name(), headers, payload);
    WireReader reader =
        new WireReader(new Definitions(List.of(DEFINITION)), codec(upcasters), Records.REQUESTS);
    List<Reading> readings = reader.read(event);
    assertThat(readings).hasSize(1);
    return readings.getFirst();
  }

  private static String because(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    return ((Reading.Unreadable) reading).because();
  }

  private static Decision reply(int version, String payload, Upcaster... upcasters) {
    return reply(stored(file("Booking.v1.data.json")), version, payload, upcasters);
  }

  /** By way of a record, as the participant sends it. */
  private static Decision reply(
      SagaState saga, int version, String payload, Upcaster... upcasters) {
    Map<String, String> headers = Records.replyHeaders();
    headers.put(WireHeaders.TYPE, "RoomBooked");
    headers.put(WireHeaders.DATA_VERSION, String.valueOf(version));
    headers.put(WireHeaders.SAGA_ID, SAGA.toString());
    headers.put(WireHeaders.STEP, "room");
    headers.put(WireHeaders.ATTEMPT, "1");
    WireReader reader =
        new WireReader(new Definitions(List.of(DEFINITION)), codec(upcasters), Records.REQUESTS);
    Reading reading =
        reader.read(Records.record(HOTEL.events().name(), headers, payload)).getFirst();
    Input input = ((Reading.ForSaga) reading).input();
    return new SagaMachine(codec(upcasters))
        .decide(DEFINITION, SAGA, Optional.of(saga), input, new Moment(NOW, 0.5));
  }

  private static SagaState stored(String data) {
    return StateCodec.decode(
        new StateCodec.Row(
            SAGA,
            "booking",
            1,
            SagaStatus.RUNNING,
            "B-1",
            1,
            data,
            file("Booking.v1.state.json"),
            NOW.minusSeconds(5),
            NOW.minusSeconds(5)));
  }

  private static UpcastingCodec codec(Upcaster... upcasters) {
    return new UpcastingCodec(new JacksonPayloadCodec(new ObjectMapper()), List.of(upcasters));
  }

  private static String file(String name) {
    try (InputStream in = OldPayloadsTest.class.getResourceAsStream("/stored/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
