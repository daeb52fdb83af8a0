package io.skald.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderStatusTest {

  @Test
  void shouldBePending_whenNothingIsKnown() {
    assertThat(OrderStatus.of(List.of())).isEqualTo(OrderStatus.PENDING);
  }

  @Test
  void shouldGoForward_whenFactsComeInOrder() {
    assertThat(statusOf(Fact.Kind.PAYMENT_OK)).isEqualTo(OrderStatus.PAYMENT_OK);
    assertThat(statusOf(Fact.Kind.PAYMENT_OK, Fact.Kind.RESERVED)).isEqualTo(OrderStatus.RESERVED);
    assertThat(statusOf(Fact.Kind.PAYMENT_OK, Fact.Kind.RESERVED, Fact.Kind.SCHEDULED))
        .isEqualTo(OrderStatus.SCHEDULED);
  }

  @Test
  void shouldNotGoBack_whenAnEarlierFactComesLater() {
    assertThat(statusOf(Fact.Kind.SCHEDULED, Fact.Kind.PAYMENT_OK))
        .isEqualTo(OrderStatus.SCHEDULED);
    assertThat(statusOf(Fact.Kind.COMPLETED, Fact.Kind.SCHEDULED)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(statusOf(Fact.Kind.CANCELLED, Fact.Kind.RESERVED)).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void shouldStayEnded_whenAnotherEndIsReported() {
    assertThat(statusOf(Fact.Kind.COMPLETED, Fact.Kind.CANCELLED)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(statusOf(Fact.Kind.CANCELLED, Fact.Kind.COMPLETED)).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void shouldNotMove_whenAFactIsJustWorthTelling() {
    assertThat(statusOf(Fact.Kind.PAYMENT_OK, Fact.Kind.REFUSED, Fact.Kind.PAYMENT_REFUNDED))
        .isEqualTo(OrderStatus.PAYMENT_OK);
  }

  @Test
  void shouldBeTheSame_whateverTheOrderInWhichFactsBecomeKnown() {
    // given
    List<Fact> facts = new ArrayList<>(facts(Fact.Kind.values()));
    OrderStatus expected = OrderStatus.of(facts);
    Random random = new Random(42);
    for (int i = 0; i < 200; i++) {
      // when
      Collections.shuffle(facts, random);
      // then
      assertThat(OrderStatus.of(facts)).isEqualTo(expected);
    }
  }

  private static OrderStatus statusOf(Fact.Kind... kinds) {
    return OrderStatus.of(facts(kinds));
  }

  /** One second apart. */
  private static List<Fact> facts(Fact.Kind... kinds) {
    List<Fact> facts = new ArrayList<>();
    for (Fact.Kind kind : kinds) {
      facts.add(new Fact(kind, Instant.ofEpochSecond(facts.size()), null));
    }
    return facts;
  }
}
