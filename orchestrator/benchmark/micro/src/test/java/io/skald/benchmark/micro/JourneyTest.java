package io.skald.benchmark.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Decision;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.Verdict;
import io.skald.orchestrator.journal.StateCodec;
import io.skald.orchestrator.lane.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark of a refusal would be quick, and say nothing. */
class JourneyTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 50})
  void shouldMeasureWhatItSays_whenTheMachineDecides(int steps) {
    Journey journey = new Journey(steps);

    assertDecided(journey.start(), SagaStarted.class, CommandIssued.class);
    assertDecided(journey.reply(), StepSucceeded.class, CommandIssued.class);
    assertDecided(journey.timer(), AttemptTimedOut.class);
    assertDecided(journey.compensation(), StepCompensated.class, CommandIssued.class);
    assertThat(journey.halfway().core().steps()).hasSize(steps / 2 + 1);
  }

  @Test
  void shouldReadTheStateThatItMeasures_whenAStateIsDecoded() {
    Journey journey = new Journey(3);

    assertThat(StateCodec.decode(CodecBenchmark.rowOf(journey.halfway())))
        .isEqualTo(journey.halfway());
  }

  @Test
  void shouldReadAndWriteWhatCounts_whenRecordsComeAndGo() {
    WireBenchmark wire = new WireBenchmark();

    assertThat(wire.readReply()).singleElement().isInstanceOf(Reading.ForSaga.class);
    assertThat(wire.readStart()).singleElement().isInstanceOf(Reading.ForSaga.class);
    assertThat(wire.writeMessages()).hasSize(2);
  }

  private static void assertDecided(Decision decision, Class<?>... entries) {
    assertThat(decision.verdict()).isEqualTo(new Verdict.Applied());
    List<JournalEntry> found = Journey.transitionOf(decision).entries();
    assertThat(found).extracting(Object::getClass).isEqualTo(List.of(entries));
  }
}
