package io.skald.shop.orchestrator;

import io.skald.testkit.FailureMatrix;
import io.skald.testkit.junit.FailureMatrixTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The order saga through every fault at every step, alone and in pairs. */
class OrderSagaFailuresTest {

  @TestFactory
  Stream<DynamicNode> shouldKeepTheLaws_whateverFails() {
    return FailureMatrixTests.of(FailureMatrix.of(Orders.saga(), Order.from(Orders.CREATED)));
  }
}
