package io.skald.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchSagasTest {
  private static final OrderCreated CREATED =
      new OrderCreated(
          "ORD-1",
          "USR-1",
          List.of(new OrderItem("PROD-456", 1)),
          new BigDecimal("9.99"),
          "DE",
          List.of("inventory"));

  @Test
  void shouldHaveThreeStepsOfWhichTwoCanBeUndone() {
    assertThat(new BenchSagas().order(config(50)).steps())
        .extracting(step -> step.name().value(), StepDefinition::kind, StepDefinition::participant)
        .containsExactly(
            tuple("payment", StepKind.COMPENSATABLE, BenchSagas.PAYMENT),
            tuple("inventory", StepKind.COMPENSATABLE, BenchSagas.INVENTORY),
            tuple("shipping", StepKind.PIVOT, BenchSagas.SHIPPING));
  }

  @Test
  void shouldHaveAsManyStepsAsWanted_whenItIsWide() {
    SagaDefinition<Order> wide = new BenchSagas().wide(config(7));

    assertThat(wide.version()).isEqualTo(7);
    assertThat(wide.steps())
        .extracting(step -> step.name().value())
        .containsExactly(
            "step-001", "step-002", "step-003", "step-004", "step-005", "step-006", "shipping");
    assertThat(wide.steps().get(1).participant()).isEqualTo(BenchSagas.INVENTORY);
  }

  @Test
  void shouldTellParticipantsWhatIsToFail_andKeepWhatTheyReply() {
    Order order = Order.from(CREATED);

    assertThat(order.payment("payment").failsFirst()).isFalse();
    assertThat(order.reservation("inventory").failsFirst()).isTrue();
    Order done =
        order
            .paid(new PaymentProcessed("PAY-1"))
            .reserved(new InventoryReserved("RES-1"))
            .scheduled(new ShippingScheduled("TRK-1"));
    assertThat(done.paymentId()).isEqualTo("PAY-1");
    assertThat(done.reservationId()).isEqualTo("RES-1");
    assertThat(done.trackingId()).isEqualTo("TRK-1");
  }

  @Test
  void shouldReadTheDataThatTheBenchPosts() throws Exception {
    String posted =
        """
        {"placed":{"orderId":"ORD-1","userId":"USR-1","items":[{"productId":"PROD-456",\
        "quantity":1}],"totalAmount":9.99,"country":"DE","failing":["inventory"]}}""";

    assertThat(new ObjectMapper().readValue(posted, Order.class)).isEqualTo(Order.from(CREATED));
  }

  private static EngineConfig config(int steps) {
    return new EngineConfig() {
      @Override
      public int wideSteps() {
        return steps;
      }

      @Override
      public Duration stepTimeout() {
        return Duration.ofSeconds(30);
      }

      @Override
      public Duration retryInitial() {
        return Duration.ofMillis(100);
      }
    };
  }
}
