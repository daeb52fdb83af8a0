package io.skald.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skald.testkit.SagaTest;
import io.skald.testkit.Shop;
import io.skald.testkit.Shop.Order;
import io.skald.testkit.Shop.PaymentProcessed;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;

class SagaExtensionTest {

  /** Run by the tests below. */
  @ExtendWith(Launched.Only.class)
  static class Sample {

    @RegisterExtension
    static final SagaExtension<Order> SAGA = SagaExtension.started(Shop.sane(), Order.placed());

    @BeforeEach
    void pay(SagaTest<Order> saga) {
      saga.succeed("payment", new PaymentProcessed("P-1", "O-1"));
    }

    @Test
    void passes(SagaTest<Order> saga) {
      saga.expectSteps("payment", "inventory");
    }

    @Test
    void failsByAnAssertionOfItsOwn(SagaTest<Order> saga) {
      assertThat(saga.data().total()).isEqualTo(100);
    }

    @Test
    void failsByAnExpectation(SagaTest<Order> saga) {
      saga.expectSteps("payment");
    }

    @Test
    void throwsSomething() {
      throw new NoSuchElementException("of its own");
    }

    @Test
    void isAborted() {
      assumeTrue(false, "not today");
    }
  }

  /** Wants a saga of other data than the extension gives. */
  @ExtendWith(Launched.Only.class)
  static class Mismatched {

    @RegisterExtension static final SagaExtension<Order> SAGA = SagaExtension.of(Shop.sane());

    @Test
    void wantsAnother(SagaTest<String> saga) {
      saga.story();
    }
  }

  @Test
  void shouldGiveOneSagaToATestAndItsSetUp_whenTheyAskForIt() {
    assertThat(resultOf("passes").getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void shouldTellTheStoryWithTheFailure_whenATestFailsByItself() {
    for (String test : List.of("failsByAnAssertionOfItsOwn", "throwsSomething")) {
      Throwable failure = resultOf(test).getThrowable().orElseThrow();
      assertThat(failure.getSuppressed()).hasSize(1);
      assertThat(failure.getSuppressed()[0])
          .hasMessageContaining("The saga's story so far")
          .hasMessageContaining("step 'payment' succeeded");
    }
    assertThat(resultOf("throwsSomething").getThrowable().orElseThrow())
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("of its own");
  }

  @Test
  void shouldNotTellItTwice_whenAnExpectationHasToldIt() {
    Throwable failure = resultOf("failsByAnExpectation").getThrowable().orElseThrow();
    assertThat(failure).hasMessageContaining("The saga's story so far");
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void shouldTellNothing_whenATestIsAborted() {
    TestExecutionResult result = resultOf("isAborted");
    assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
    assertThat(result.getThrowable().orElseThrow().getSuppressed()).isEmpty();
  }

  @Test
  void shouldLeaveAParameterAlone_whenItIsOfOtherData() {
    assertThat(Launched.of(Mismatched.class).resultOf("wantsAnother").getThrowable().orElseThrow())
        .hasMessageContaining("No ParameterResolver");
  }

  private static TestExecutionResult resultOf(String test) {
    return Launched.of(Sample.class).resultOf(test);
  }
}
