package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.machine.Transition;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExclusiveRuleTest {

  /** The journal of one shard with the sagas of one key. */
  private static final class Line {

    private final Map<SagaId, List<JournalRow>> rows = new LinkedHashMap<>();
    private long seq;

    Line start(String saga, long place) {
      return add(saga, started(saga, place));
    }

    Line queue(String saga, long place) {
      return add(saga, started(saga, place), new SagaQueued(id("a"), Optional.empty()));
    }

    Line turn(String saga) {
      return add(saga, new SagaTurnCame(Optional.empty()));
    }

    Line end(String saga) {
      return add(saga, new SagaAborted("anna", "enough"));
    }

    private Line add(String saga, JournalEntry... entries) {
      List<JournalRow> of = rows.computeIfAbsent(id(saga), none -> new ArrayList<>());
      of.add(
          new JournalRow(
              0,
              ++seq,
              new Transition(id(saga), of.size() + 1, Told.START, "m" + seq, List.of(entries)),
              OptionalLong.empty()));
      return this;
    }

    private static SagaId id(String saga) {
      return SagaId.forStart("trip", "T-1", saga);
    }

    private static SagaStarted started(String saga, long place) {
      return new SagaStarted(
          id(saga), "trip", 1, "f", "T-1", "d", "{}", Optional.empty(), place, Optional.empty());
    }

    List<Violation> found() {
      List<SagaHistory> sagas = new ArrayList<>();
      rows.forEach((id, of) -> sagas.add(new SagaHistory(id, of, Optional.empty())));
      return Told.foundBy(new ExclusiveRule(), History.builder().sagas(sagas).build());
    }
  }

  @Test
  void shouldNotObject_whenOneFollowsTheOther() {
    Line line =
        new Line()
            .start("a", 1)
            .queue("b", 2)
            .queue("c", 3)
            .queue("d", 4)
            .end("c")
            .end("a")
            .turn("b")
            .end("b")
            .turn("d")
            .end("d")
            .start("e", 1);
    assertThat(line.found()).isEmpty();
  }

  @Test
  void shouldObject_whenTwoAreUnderWayAtOnce() {
    assertThat(new Line().start("a", 1).start("b", 2).found())
        .extracting(Violation::sentence)
        .singleElement()
        .asString()
        .contains("one saga of a key");
    assertThat(new Line().start("a", 1).queue("b", 2).turn("b").found()).hasSize(1);
  }

  @Test
  void shouldObject_whenTurnsDoNotComeInTheOrderOfStarts() {
    assertThat(new Line().start("a", 1).queue("b", 2).queue("c", 3).end("a").turn("c").found())
        .extracting(Violation::sentence)
        .singleElement()
        .asString()
        .contains("its turn before it");
  }

  @Test
  void shouldObject_whenAStartOvertakes() {
    assertThat(new Line().start("a", 1).queue("b", 2).end("a").start("c", 3).turn("b").found())
        .extracting(Violation::sentence)
        .anySatisfy(sentence -> assertThat(sentence).contains("to wait behind"));
  }

  @Test
  void shouldObject_whenSomebodyWaitsBehindNobody() {
    assertThat(new Line().start("a", 1).queue("b", 2).end("a").found())
        .extracting(Violation::law)
        .containsExactly("L8");
  }

  @Test
  void shouldSayNothing_whenSagasAreNotExclusive() {
    assertThat(new Line().start("a", 0).start("b", 0).found()).isEmpty();
  }
}
