package io.skald.examples.compared;

import static io.skald.examples.compared.Parts.charge;
import static io.skald.examples.compared.Parts.order;
import static io.skald.examples.compared.Parts.reserve;
import static io.skald.examples.compared.Parts.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.examples.compared.Parts.Charged;
import io.skald.examples.compared.Parts.Order;
import io.skald.examples.compared.Parts.Reserved;
import io.skald.machine.SagaStatus;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import io.skald.testkit.CaseResult;
import io.skald.testkit.FailureCase;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.FailureMatrix;
import io.skald.testkit.Fault;
import io.skald.testkit.SagaTest;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Running sagas: seeing them, helping them, changing them, testing them, losing none. */
class RunningTest {

  private static final SagaDefinition<Order> DEFINITION =
      ship(reserve(charge(order()), "stock")).build();

  @Test
  void shouldTellItsStateAndData_whenAsked() {
    SagaTest<Order> saga =
        SagaTest.of(DEFINITION).start(Order.placed()).succeed("charge", new Charged("C-1"));
    assertThat(saga.status()).isEqualTo(SagaStatus.RUNNING);
    assertThat(saga.data().payment()).isEqualTo("C-1");
    assertThat(saga.state().core().step(new StepName("stock"))).isPresent();
  }

  @Test
  void shouldBeAPicture_whenPrinted() {
    assertThat(DEFINITION.toMermaid())
        .startsWith("flowchart TD")
        .contains("step_charge --> step_stock");
    assertThat(DEFINITION.toJson()).contains("\"name\":\"charge\"");
  }

  @Test
  void shouldGoOn_whenAnOperatorTakesAStepForDone() {
    SagaTest.of(DEFINITION)
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .fail("stock", "BROKEN")
        .skip("stock", new Reserved(), "reserved by hand")
        .expectUnderWay("ship");
  }

  @Test
  void shouldTryAtOnce_whenAnOperatorDoesNotWantToWait() {
    SagaTest.of(DEFINITION)
        .start(Order.placed())
        .fail("charge", "BUSY")
        .retryNow("the bank is back")
        .expectAttempt("charge", 2);
  }

  @Test
  void shouldEndAsItIs_whenAnOperatorAborts() {
    SagaTest.of(DEFINITION)
        .start(Order.placed())
        .succeed("charge", new Charged("C-1"))
        .abort("settled with the customer")
        .expectStatus(SagaStatus.ABORTED);
  }

  @Test
  void shouldHaveAnotherFingerprint_whenItsStructureChanges() {
    SagaDefinition<Order> next =
        charge(Saga.define("order", 2, Order.class).startedByApi()).build();
    assertThat(next.fingerprint()).isNotEqualTo(DEFINITION.fingerprint());
  }

  @Test
  void shouldHaveEachEffectOnce_whenTheOrchestratorDiesAfterItsCommit() {
    assertThat(after(Fault.CRASH_AFTER).story())
        .contains("all commands of that are sent again")
        .endsWith("= COMPLETED");
  }

  @Test
  void shouldDecideTheSameAgain_whenTheOrchestratorDiesBeforeItsCommit() {
    assertThat(after(Fault.CRASH_BEFORE).story()).endsWith("= COMPLETED");
  }

  @Test
  void shouldKeepItsLaws_whateverFailsAtEveryStep() {
    FailureMatrix.of(DEFINITION).pairs(100).run().expectLawful();
  }

  private static CaseResult after(Fault crash) {
    FailureMatrix<Order> matrix = FailureMatrix.of(DEFINITION);
    Strike strike = new Strike(new StepName("stock"), crash);
    CaseResult result = matrix.run(new FailureCase(Set.of(strike)), matrix.report());
    result.expectLawful();
    return result;
  }
}
