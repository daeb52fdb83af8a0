package io.skald.orchestrator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Attempts;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParentLink;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Drive;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What sagas say to each other comes in as it went out, under the key of who is to get it. */
class SubSagasOnTheWireTest {

  private static final StepName STEP = new StepName("car", "P-17");
  private static final ChildSaga CHILD = new ChildSaga("trip", 2);
  private static final String DATA = "{\"id\":\"T-1's\",\"receipts\":[]}";

  private final SagaCore parent = Drive.started("T-1").state().core();
  private final SagaId child = CHILD.id(parent.id(), STEP);

  private OutgoingMessage message(JournalEntry entry) {
    return Records.writer()
        .messagesOf(parent, 1, new Transition(parent.id(), 7, Instant.EPOCH, "c-1", List.of(entry)))
        .getFirst();
  }

  private static Reading.ForSaga read(OutgoingMessage message) {
    return (Reading.ForSaga) Records.reader().read(Records.arrived(message)).getFirst();
  }

  private static JournalEntry.CommandIssued issued(Phase phase, StepKind kind) {
    return new JournalEntry.CommandIssued(
        STEP,
        kind,
        phase,
        new Attempts(3, 1, Instant.EPOCH),
        Participant.SAGAS,
        new MessageType(phase == Phase.ACTION ? "StartSubSaga" : "UndoSubSaga", 1),
        DATA,
        Instant.EPOCH,
        Optional.of(CHILD));
  }

  private ParentLink link(boolean held, Phase phase) {
    return new ParentLink(parent.id(), "T-1", STEP, held, phase, 3);
  }

  @Test
  void shouldStartTheChildUnderItsOwnKey_whenItsStepIsIssued() {
    // when
    OutgoingMessage message = message(issued(Phase.ACTION, StepKind.COMPENSATABLE));
    Reading.ForSaga reading = read(message);

    // then
    assertThat(message.topic()).isEqualTo(Records.REQUESTS);
    assertThat(message.partition()).isEmpty();
    assertThat(message.key()).isEqualTo("T-1/car/P-17");
    assertThat(message.headers())
        .containsEntry(WireHeaders.IDEMPOTENCY_KEY, parent.id() + "/car/P-17/action");
    assertThat(reading.saga()).isEqualTo(child);
    assertThat(reading.starts().orElseThrow().version()).isEqualTo(2);
    assertThat(reading.input())
        .isEqualTo(
            new Input.StartRequested(parent.id() + "-7-0", child, "T-1/car/P-17", DATA)
                .of(link(true, Phase.ACTION)));
  }

  @Test
  void shouldNotHoldTheChild_whenItsStepIsBehindThePivot() {
    // when
    Reading.ForSaga reading = read(message(issued(Phase.ACTION, StepKind.RETRIABLE)));

    // then
    assertThat(((Input.StartRequested) reading.input()).parent())
        .contains(link(false, Phase.ACTION));
  }

  @Test
  void shouldUndoTheChild_whenItsCompensationIsIssued() {
    // when
    Reading.ForSaga reading = read(message(issued(Phase.COMPENSATION, StepKind.COMPENSATABLE)));

    // then
    assertThat(reading.input())
        .isEqualTo(
            new Input.UndoRequested(
                parent.id() + "-7-0", child, "T-1/car/P-17", DATA, link(true, Phase.COMPENSATION)));
  }

  @Test
  void shouldReleaseTheChild_whenTheParentHasEnded() {
    // when
    OutgoingMessage message = message(new JournalEntry.ChildReleased(STEP, CHILD));
    Reading.ForSaga reading = read(message);

    // then
    assertThat(message.key()).isEqualTo("T-1/car/P-17");
    assertThat(reading.saga()).isEqualTo(child);
    assertThat(reading.input()).isEqualTo(new Input.ReleaseRequested(parent.id() + "-7-0"));
  }

  @Test
  void shouldAnswerTheParentUnderItsKey_whenTheChildHasEnded() {
    // given
    Problem problem = new Problem("NO_CAR", "All are out");
    JournalEntry refused =
        new JournalEntry.ParentAnswered(
            link(true, Phase.ACTION), Outcome.REJECTED, "null", Optional.of(problem));

    // when
    OutgoingMessage message = message(refused);
    Reading.ForSaga reading = read(message);

    // then
    assertThat(message.topic()).isEqualTo(Records.REQUESTS);
    assertThat(message.key()).isEqualTo("T-1");
    assertThat(reading.saga()).isEqualTo(parent.id());
    assertThat(reading.input())
        .isEqualTo(
            new Input.ReplyReceived(
                parent.id() + "-7-0",
                Participant.SAGAS,
                STEP,
                Phase.ACTION,
                3,
                Outcome.REJECTED,
                ParentLink.ANSWER,
                "null",
                Optional.of(problem)));
  }

  @Test
  void shouldSayWhatIsMissing_whenAStartDoesNotNameItsParent() {
    // given
    OutgoingMessage message = message(issued(Phase.ACTION, StepKind.COMPENSATABLE));
    Map<String, String> headers = new HashMap<>(message.headers());
    headers.remove(RequestTypes.PARENT_ID);

    // when
    Reading reading =
        Records.reader().read(Records.record(Records.REQUESTS, headers, DATA)).getFirst();

    // then
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable -> assertThat(unreadable.because()).contains("skald_parentid"));
  }

  @Test
  void shouldTakeNoOtherSagaForTheChild_whenTheIdIsNotTheOneThatFollowsFromTheStep() {
    // given
    OutgoingMessage message = message(issued(Phase.COMPENSATION, StepKind.COMPENSATABLE));
    Map<String, String> headers = new HashMap<>(message.headers());
    headers.put(WireHeaders.SAGA_ID, Records.SAGA.toString());

    // when
    Reading reading =
        Records.reader().read(Records.record(Records.REQUESTS, headers, DATA)).getFirst();

    // then
    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable -> assertThat(unreadable.because()).contains("the id of that step's child"));
  }
}
