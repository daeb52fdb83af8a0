package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Attempts;
import io.skald.machine.CompensationCause;
import io.skald.machine.Evolution;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParentLink;
import io.skald.machine.SagaState;
import io.skald.machine.Transition;
import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A parent of one step, and the child that is that step: told as they must be, and spoilt. */
class FamilyRuleTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final StepName STEP = new StepName("car");
  private static final ChildSaga CHILD = new ChildSaga("car-trip", 1);
  private static final SagaId PARENT_ID = SagaId.forKey("trip", "T-1");
  private static final SagaId CHILD_ID = CHILD.id(PARENT_ID, STEP);

  private final Side parent = new Side(PARENT_ID);
  private final Side child = new Side(CHILD_ID);

  /** The journal of one saga, as it is told. */
  private static final class Side {

    private final SagaId id;
    private final List<JournalRow> rows = new ArrayList<>();
    private Optional<SagaState> state = Optional.empty();

    Side(SagaId id) {
      this.id = id;
    }

    Side tell(JournalEntry... entries) {
      Transition transition =
          new Transition(id, rows.size() + 1L, NOON, "m" + rows.size(), List.of(entries));
      state = Optional.of(Evolution.apply(state, transition));
      rows.add(new JournalRow(0, rows.size() + 1L, transition, OptionalLong.empty()));
      return this;
    }

    SagaHistory history() {
      SagaState now = state.orElseThrow();
      return new SagaHistory(
          id,
          rows,
          Optional.of(new StoredSaga(now, now.status(), now.core().seq(), now.nextDueAt())));
    }
  }

  private static JournalEntry.SagaStarted started(
      SagaId id, String definition, Optional<ParentLink> link) {
    return new JournalEntry.SagaStarted(
        id, definition, 1, "f", id.toString(), "d", "{}", Optional.empty(), 0, link);
  }

  private static JournalEntry.CommandIssued issued(Phase phase) {
    return new JournalEntry.CommandIssued(
        STEP,
        StepKind.COMPENSATABLE,
        phase,
        new Attempts(1, 1, NOON),
        Participant.SAGAS,
        new MessageType("Any", 1),
        "{}",
        NOON,
        Optional.of(CHILD));
  }

  private static ParentLink link() {
    return new ParentLink(PARENT_ID, "T-1", STEP, true, Phase.ACTION, 1);
  }

  private static JournalEntry back(CompensationCause cause) {
    return new JournalEntry.SagaCompensating(
        cause, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static JournalEntry.ParentAnswered answer() {
    return new JournalEntry.ParentAnswered(link(), Outcome.SUCCEEDED, "{}", Optional.empty());
  }

  private void begin() {
    parent.tell(started(PARENT_ID, "trip", Optional.empty()), issued(Phase.ACTION));
    child.tell(started(CHILD_ID, "car-trip", Optional.of(link())));
  }

  private void succeed() {
    begin();
    child.tell(new JournalEntry.SagaHeld(), answer());
    parent.tell(new JournalEntry.StepSucceeded(STEP, 1, "{}", Optional.empty()));
  }

  private List<String> findings() {
    History history =
        History.builder()
            .definitions(
                List.of(
                    new DefinitionShape(
                        "trip",
                        1,
                        List.of(
                            new StepShape(STEP, StepKind.COMPENSATABLE, Participant.SAGAS, true)))))
            .sagas(List.of(parent.history(), child.history()))
            .build();
    Findings findings = new Findings("family", new Evidence(history));
    new FamilyRule().check(new Evidence(history), findings);
    return findings.violations().stream().map(Violation::sentence).toList();
  }

  @Test
  void shouldFindNothing_whenBothComplete() {
    // when
    succeed();
    parent.tell(new JournalEntry.SagaCompleted(), new JournalEntry.ChildReleased(STEP, CHILD));
    child.tell(new JournalEntry.SagaReleased(), new JournalEntry.SagaCompleted());
    // then
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldFindNothing_whenBothAreUndone() {
    // when
    succeed();
    parent.tell(back(CompensationCause.CANCELLED), issued(Phase.COMPENSATION));
    child.tell(back(CompensationCause.PARENT_TURNED_BACK), new JournalEntry.SagaCompensated());
    parent.tell(new JournalEntry.StepCompensated(STEP, 1), new JournalEntry.SagaCompensated());
    // then
    assertThat(findings()).isEmpty();
  }

  @Test
  void shouldFindAChildThatWaitsForNobody_whenItsParentHasEnded() {
    // when
    succeed();
    parent.tell(new JournalEntry.SagaCompleted());
    // then
    assertThat(findings())
        .anyMatch(f -> f.contains("Expected no child to be held any more"))
        .anyMatch(f -> f.contains("Expected the child to be COMPLETED like its parent"));
  }

  @Test
  void shouldFindAChildThatCompletedTooEarly() {
    // when
    begin();
    child.tell(new JournalEntry.SagaCompleted());
    // then
    assertThat(findings()).singleElement().asString().contains("to be held until its parent");
  }

  @Test
  void shouldFindAnAnswerThatWasNotGiven() {
    // when
    begin();
    parent.tell(new JournalEntry.StepSucceeded(STEP, 1, "{}", Optional.empty()));
    // then
    assertThat(findings()).singleElement().asString().contains("to say so itself");
  }

  @Test
  void shouldFindWhatIsLeftOfAChild_whenItsParentIsCompensated() {
    // when
    succeed();
    parent.tell(back(CompensationCause.CANCELLED), issued(Phase.COMPENSATION));
    parent.tell(new JournalEntry.StepCompensated(STEP, 1), new JournalEntry.SagaCompensated());
    // then
    assertThat(findings())
        .anyMatch(f -> f.contains("Expected the child to be COMPENSATED like its parent"))
        .anyMatch(f -> f.contains("that step 'car' is compensated, but its journal does not"));
  }

  @Test
  void shouldFindAChildWithoutItsParent() {
    // when
    child.tell(
        started(
            CHILD_ID,
            "car-trip",
            Optional.of(
                new ParentLink(
                    SagaId.forKey("trip", "gone"), "gone", STEP, true, Phase.ACTION, 1))));
    parent.tell(started(PARENT_ID, "trip", Optional.empty()));
    // then
    assertThat(findings()).singleElement().asString().contains("Expected its parent");
  }
}
