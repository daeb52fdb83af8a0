package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaStatus;
import io.skald.saga.Exclusive;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A saga that is started while another one of its key is under way. */
class ExclusiveSagaTest {

  record Van(String id) {}

  record Load(String id) implements Command<Loaded> {}

  record Loaded(String id) {}

  private static final Van VAN = new Van("V-1");

  private static SagaDefinition<Van> trip(Exclusive second) {
    return Saga.define("trip", 1, Van.class)
        .startedByApi()
        .deadline(Duration.ofHours(1))
        .exclusive(second)
        .step("load", Participant.named("dock"), Load.class, van -> new Load(van.id()))
        .nothingToCompensate()
        .build();
  }

  @Test
  void shouldWaitForItsTurn_whenTheDefinitionQueues() {
    SagaTest.of(trip(Exclusive.QUEUE))
        .startBehindAnother(VAN)
        .expectStatus(SagaStatus.QUEUED)
        .expectSteps()
        .advance(Duration.ofDays(3))
        .expectStatus(SagaStatus.QUEUED)
        .turnComes()
        .expectCommand("load", new Load("V-1"))
        .succeed("load", new Loaded("V-1"))
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldEndWithoutAStep_whenItIsCancelledWhileItWaits() {
    SagaTest.of(trip(Exclusive.QUEUE))
        .startBehindAnother(VAN)
        .retryNow("in a hurry")
        .expectIgnored(IgnoreReason.QUEUED)
        .cancel("not needed")
        .expectStatus(SagaStatus.COMPENSATED)
        .expectSteps();
  }

  @Test
  void shouldBeRefused_whenTheDefinitionRejects() {
    SagaTest<Van> trip = SagaTest.of(trip(Exclusive.REJECT));
    trip.startBehindAnother(VAN).expectExcluded();
    assertThat(trip.story()).contains("excluded: Expected no other saga").contains("no saga");
    trip.start(VAN).expectStatus(SagaStatus.RUNNING);
  }

  @Test
  void shouldTellTheStory_whenAnExpectationIsNotMet() {
    SagaTest<Van> trip = SagaTest.of(trip(Exclusive.QUEUE)).startBehindAnother(VAN);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(trip::expectExcluded)
        .withMessageContaining("QUEUED behind saga");
  }
}
