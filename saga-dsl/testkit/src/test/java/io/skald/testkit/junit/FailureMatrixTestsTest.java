package io.skald.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.skald.testkit.FailureMatrix;
import io.skald.testkit.Shop;
import io.skald.testkit.Shop.Order;
import io.skald.testkit.Shop.RefundPayment;
import io.skald.testkit.Shop.Refunds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

class FailureMatrixTestsTest {

  private static final List<String> PRINTED = new ArrayList<>();

  /** Run by the tests below. */
  @ExtendWith(Launched.Only.class)
  static class Sane {

    @TestFactory
    Stream<DynamicNode> matrix() {
      return FailureMatrixTests.of(
          FailureMatrix.of(Shop.sane(), Order.placed()).pairs(40), PRINTED::add);
    }
  }

  @ExtendWith(Launched.Only.class)
  static class Planted {

    @TestFactory
    Stream<DynamicNode> matrix() {
      Refunds wrong = Refunds.sane().afterSuccess((o, paid) -> new RefundPayment(o.id()));
      return FailureMatrixTests.of(
          FailureMatrix.of(Shop.with(wrong), Order.placed()).pairs(40), PRINTED::add);
    }
  }

  @Test
  void shouldBeOneTestForEachCaseAndPrintTheTableOnce_whenAllPass() {
    // given
    PRINTED.clear();
    // when
    Launched launched = Launched.of(Sane.class);
    // then
    assertThat(launched.withStatus(SUCCESSFUL))
        .hasSize(1 + 34 + 40)
        .contains("no fault", "payment: late", "shipping: crash before + shipping: crash after");
    assertThat(launched.withStatus(FAILED)).isEmpty();
    assertThat(PRINTED).hasSize(1);
    assertThat(PRINTED.getFirst()).contains("| payment | ✓", "75 of 75 cases run");
  }

  @Test
  void shouldFailAloneAndAbortInPairs_whenACompensationIsWrong() {
    // given
    PRINTED.clear();
    // when
    Launched launched = Launched.of(Planted.class);
    // then
    assertThat(launched.withStatus(FAILED)).contains("inventory: refuses", "shipping: refuses");
    assertThat(launched.withStatus(ABORTED))
        .contains("inventory: refuses + inventory: late")
        .allMatch(name -> name.contains(" + "));
    assertThat(launched.resultOf("inventory: refuses").getThrowable().orElseThrow())
        .hasMessageContaining("[inventory: refuses] broke L3 UNDOES_SOMETHING_ELSE")
        .hasMessageContaining("The saga's story so far");
    assertThat(PRINTED).hasSize(1);
    assertThat(PRINTED.getFirst()).contains("✗");
  }
}
