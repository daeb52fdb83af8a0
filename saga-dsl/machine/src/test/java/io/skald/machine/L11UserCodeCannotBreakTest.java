package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.machine.Trips.Do;
import io.skald.machine.Trips.Done;
import io.skald.machine.Trips.Trip;
import io.skald.machine.Trips.UndoBlind;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** L11: a function that throws, or gives what can't be sent, parks its saga and nothing more. */
class L11UserCodeCannotBreakTest {

  /** Its message can't be read either. */
  static final class Unprintable extends RuntimeException {

    @Override
    public String getMessage() {
      throw new IllegalStateException("not even this");
    }
  }

  static List<Supplier<RuntimeException>> throwers() {
    return List.of(
        () -> new IllegalStateException("defect"),
        Unprintable::new,
        () -> thrown(new AssertionError("defect")),
        () -> thrown(new NoClassDefFoundError("defect")),
        () -> thrown(new StackOverflowError()),
        () -> thrown(new Error("defect")),
        () -> thrown(new IOException("checked, and thrown slyly")),
        () -> new IllegalStateException("\0 and \ud83d"));
  }

  @ParameterizedTest
  @MethodSource("throwers")
  void shouldParkBehindTheLastStep_whenTheNextCommandThrows(Supplier<RuntimeException> thrower) {
    // given
    Rehearsal trip =
        started(definition(t -> fail(thrower), Trip::with, L11UserCodeCannotBreakTest::fly));
    // when
    trip.succeed("hotel");
    // then
    assertParked(trip, "flight");
    assertThat(trip.step("hotel").action()).isInstanceOf(PhaseState.Succeeded.class);
    assertThat(trip.sent()).containsExactly("hotel");
  }

  /** It has parked there, so it can't park once more. */
  @ParameterizedTest
  @MethodSource("throwers")
  void shouldRefuseToSkip_whenFoldingTheSubstituteThrowsToo(Supplier<RuntimeException> thrower) {
    // given
    Rehearsal trip =
        started(
            definition(
                L11UserCodeCannotBreakTest::fly,
                (t, done) -> fail(thrower),
                L11UserCodeCannotBreakTest::fly));
    trip.succeed("hotel");
    trip.succeed("flight");
    // when
    Decision skipped = trip.skip("flight", Phase.ACTION);
    // then
    assertThat(skipped.verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(skipped.transition()).isEmpty();
    assertParked(trip, "flight");
  }

  @ParameterizedTest
  @MethodSource("throwers")
  void shouldParkBeforeTheReply_whenFoldingItThrows(Supplier<RuntimeException> thrower) {
    // given
    Rehearsal trip =
        started(
            definition(
                L11UserCodeCannotBreakTest::fly,
                (t, done) -> fail(thrower),
                L11UserCodeCannotBreakTest::fly));
    trip.succeed("hotel");
    // when
    trip.succeed("flight");
    // then
    assertParked(trip, "flight");
    assertThat(trip.step("flight").action().isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("throwers")
  void shouldParkOnItsWayBack_whenTheCompensationThrows(Supplier<RuntimeException> thrower) {
    // given
    Rehearsal trip =
        started(definition(L11UserCodeCannotBreakTest::fly, Trip::with, t -> fail(thrower)));
    trip.succeed("hotel");
    // when
    trip.cancel();
    // then
    assertParked(trip, "flight");
    assertThat(trip.step("flight").mayHaveHappened()).isTrue();
  }

  @Test
  void shouldGoOn_whenTheFunctionIsMended() {
    // given
    Rehearsal trip =
        started(
            definition(
                t -> fail(IllegalStateException::new),
                (t, done) -> fail(IllegalStateException::new),
                t -> fail(IllegalStateException::new)));
    trip.succeed("hotel");
    // when each defect is mended, one after the other
    trip.deploy(
        definition(
            L11UserCodeCannotBreakTest::fly,
            (t, done) -> fail(IllegalStateException::new),
            L11UserCodeCannotBreakTest::fly));
    trip.resume();
    trip.succeed("flight");
    assertParked(trip, "flight");
    trip.deploy(
        definition(L11UserCodeCannotBreakTest::fly, Trip::with, L11UserCodeCannotBreakTest::fly));
    trip.resume();
    trip.succeed("flight");
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.COMPLETED);
    assertThat(trip.data().receipts()).containsExactly("receipt of flight");
  }

  @Test
  void shouldParkAgain_whenResumedWithoutAMend() {
    // given
    Rehearsal trip =
        started(
            definition(
                t -> fail(IllegalStateException::new),
                Trip::with,
                L11UserCodeCannotBreakTest::fly));
    trip.succeed("hotel");
    // when
    trip.resume();
    // then
    assertParked(trip, "flight");
  }

  @Test
  void shouldPark_whenTheFirstCommandThrows() {
    // given
    Rehearsal trip =
        new Rehearsal(
            Saga.define("trip", 1, Trip.class)
                .startedByApi()
                .pivot("flight", Trips.FLIGHT, Do.class, t -> fail(IllegalStateException::new))
                .build());
    // when
    trip.start(Trip.named("T-1"));
    // then
    assertParked(trip, "flight");
  }

  @Test
  void shouldPark_whenTheCommandIsNull() {
    Rehearsal trip =
        started(definition(t -> nothing(), Trip::with, L11UserCodeCannotBreakTest::fly));
    trip.succeed("hotel");
    assertParked(trip, "flight", "found null");
  }

  @Test
  void shouldPark_whenTheCommandIsOfAnotherType() {
    // given
    Function<Trip, Object> other = t -> new UndoBlind(t.id(), "flight");
    @SuppressWarnings("unchecked")
    Function<Trip, Do> unchecked = (Function<Trip, Do>) (Function<?, ?>) other;
    Rehearsal trip = started(definition(unchecked, Trip::with, L11UserCodeCannotBreakTest::fly));
    // when
    trip.succeed("hotel");
    // then
    assertParked(trip, "flight");
  }

  @Test
  void shouldPark_whenTheCommandIsTooLarge() {
    String large = "é".repeat(UserCode.MAX_PAYLOAD_BYTES / 2);
    Rehearsal trip =
        started(
            definition(t -> new Do(large, "flight"), Trip::with, L11UserCodeCannotBreakTest::fly));
    trip.succeed("hotel");
    assertParked(trip, "flight", "at most 262144 bytes");
  }

  @Test
  void shouldDrawTheLineAt256KiB_whenTheCommandIsLarge() {
    int frame = Rehearsal.CODEC.encode(new Do("", "flight")).length();
    String most = "x".repeat(UserCode.MAX_PAYLOAD_BYTES - frame);
    for (String id : List.of(most, most + "x")) {
      Rehearsal trip =
          started(
              definition(t -> new Do(id, "flight"), Trip::with, L11UserCodeCannotBreakTest::fly));
      trip.succeed("hotel");
      assertThat(trip.state().status())
          .isEqualTo(id.equals(most) ? SagaStatus.RUNNING : SagaStatus.PARKED);
    }
  }

  @Test
  void shouldPark_whenTheFoldGivesNullOrTooMuch() {
    String large = "x".repeat(UserCode.MAX_PAYLOAD_BYTES);
    for (BiFunction<Trip, Done, Trip> fold :
        List.<BiFunction<Trip, Done, Trip>>of(
            (t, done) -> nothing(), (t, done) -> t.with(new Done(large)))) {
      Rehearsal trip =
          started(
              definition(L11UserCodeCannotBreakTest::fly, fold, L11UserCodeCannotBreakTest::fly));
      trip.succeed("hotel");
      trip.succeed("flight");
      assertParked(trip, "flight");
    }
  }

  @Test
  void shouldPark_whenReadingTheReplyBreaks() {
    // given a codec that runs user code, which breaks
    PayloadCodec broken =
        new PayloadCodec() {
          @Override
          public String encode(Object value) {
            return Rehearsal.CODEC.encode(value);
          }

          @Override
          public <T> T decode(String json, Class<T> type) {
            if (type == Done.class) {
              throw new ExceptionInInitializerError("defect");
            }
            return Rehearsal.CODEC.decode(json, type);
          }
        };
    Rehearsal trip = Rehearsal.started(Trips.trip());
    // when
    Decision decision =
        new SagaMachine(broken)
            .decide(
                Trips.trip(),
                Rehearsal.SAGA,
                Optional.of(trip.state()),
                new Input.ReplyReceived(
                    "r",
                    Trips.HOTEL,
                    trip.step("hotel").name(),
                    Phase.ACTION,
                    1,
                    Outcome.SUCCEEDED,
                    MessageType.of(Done.class),
                    "{}",
                    Optional.empty()),
                new Moment(trip.now(), 0));
    // then
    assertThat(decision.state().orElseThrow().status()).isEqualTo(SagaStatus.PARKED);
  }

  @Test
  void shouldRefuseToStart_whenTheDataCanNotBeRead() {
    // given
    Rehearsal trip = new Rehearsal(Trips.trip());
    String large = Rehearsal.CODEC.encode(Trip.named("x".repeat(UserCode.MAX_PAYLOAD_BYTES)));
    // when, then
    for (String data : List.of("{", "null", "[]", "\"text\"", large)) {
      Decision decision = trip.give(new Input.StartRequested("s", Rehearsal.SAGA, "T-1", data));
      assertThat(decision.verdict()).isInstanceOf(Verdict.Refused.class);
      assertThat(decision.state()).isEmpty();
    }
  }

  @Test
  void shouldNotTakeAnExhaustedMachineForADefect_whenMemoryRunsOut() {
    Rehearsal trip =
        started(
            definition(
                t -> fail(() -> thrown(new OutOfMemoryError())),
                Trip::with,
                L11UserCodeCannotBreakTest::fly));
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> trip.succeed("hotel"));
  }

  private static Rehearsal started(SagaDefinition<Trip> definition) {
    return Rehearsal.started(definition);
  }

  private static SagaDefinition<Trip> definition(
      Function<Trip, Do> command, BiFunction<Trip, Done, Trip> fold, Function<Trip, Do> undo) {
    return Saga.define("trip", 1, Trip.class)
        .startedByApi()
        .step("hotel", Trips.HOTEL, Do.class, t -> new Do(t.id(), "hotel"))
        .nothingToCompensate()
        .step("flight", Trips.FLIGHT, Do.class, command)
        .onReply(fold)
        .compensate(Do.class, undo)
        .build();
  }

  private static void assertParked(Rehearsal trip, String step) {
    assertParked(trip, step, "");
  }

  private static void assertParked(Rehearsal trip, String step, String message) {
    assertThat(trip.state())
        .isInstanceOfSatisfying(
            SagaState.Parked.class,
            parked -> {
              assertThat(parked.reason()).isEqualTo(ParkReason.DEFINITION_DEFECT);
              assertThat(parked.step().orElseThrow()).hasToString(step);
              assertThat(parked.problem().code()).isNotEmpty();
              assertThat(parked.problem().message()).contains(message).doesNotContain("\0");
            });
  }

  private static Do fly(Trip trip) {
    return new Do(trip.id(), "flight");
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T fail(Supplier<RuntimeException> thrower) {
    throw thrower.get();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> RuntimeException thrown(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    @Nullable T nothing = null;
    return nothing;
  }

  @Test
  void shouldPark_whenAllRepliesTogetherAreTooLarge() {
    // given: twenty steps that each reply with as much as a message may have
    Saga.BeforePivot<Trip> story = Trips.head();
    for (int i = 0; i < 20; i++) {
      story =
          story
              .step("s" + i, Trips.HOTEL, Do.class, t -> new Do(t.id(), "s"))
              .nothingToCompensate();
    }
    Rehearsal trip = Rehearsal.started(story.build());
    String large = Rehearsal.CODEC.encode(new Done("x".repeat(250 * 1024)));
    // when
    for (int i = 0; i < 20 && trip.status() == SagaStatus.RUNNING; i++) {
      trip.replyFrom(Trips.HOTEL, "s" + i, MessageType.of(Done.class), large);
    }
    // then
    assertThat(trip.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(trip.sent()).hasSizeBetween(15, 18);
  }
}
