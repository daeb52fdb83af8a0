package io.skald.shop.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {

  @Test
  void shouldBalance_whenWhatCustomersPaidIsRevenue() {
    assertThat(money("900.00", "100.00").balanced()).isTrue();
    assertThat(money("900", "100.000").balanced()).isTrue();
  }

  @Test
  void shouldNotBalance_whenACentIsMissing() {
    assertThat(money("900.00", "99.99").balanced()).isFalse();
    assertThat(money("899.99", "100.00").balanced()).isFalse();
  }

  @Test
  void shouldNotBalance_whenTwoAccountsAreOffTheLedgerByTheSame() {
    Books.Money even = money("900.00", "100.00");
    assertThat(new Books.Money(even.accounts(), even.ledger(), List.of("A", "B")).balanced())
        .isFalse();
  }

  @Test
  void shouldNotBalance_whenGoodsAppearOrDisappear() {
    assertThat(new Books.Product(10, 5, 3, 2).balanced()).isTrue();
    assertThat(new Books.Product(10, 5, 3, 1).balanced()).isFalse();
    assertThat(new Books.Product(10, 6, 3, 2).balanced()).isFalse();
    assertThat(new Books.Product(1, -1, 2, 0).balanced()).isFalse();
  }

  @Test
  void shouldNotBalance_whenACarrierHasMoreOrLessThanItTook() {
    assertThat(new Books.Carrier(10, 9, 1).balanced()).isTrue();
    assertThat(new Books.Carrier(10, 9, 2).balanced()).isFalse();
  }

  private static Books.Money money(String customers, String revenue) {
    return new Books.Money(
        Map.of(
            "customers", change("1000.00", customers),
            "revenue", change("0", revenue)),
        new Books.LedgerSums(1, new BigDecimal(revenue), BigDecimal.ZERO),
        List.of());
  }

  private static Books.Change change(String initial, String now) {
    return new Books.Change(new BigDecimal(initial), new BigDecimal(now));
  }
}
