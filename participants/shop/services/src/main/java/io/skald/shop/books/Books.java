package io.skald.shop.books;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that the shop has, now against its beginning. What is counted in one table is checked against
 * what was written down in another, so one lost or doubled effect shows.
 */
record Books(Instant at, Money money, Stock stock, Shipping shipping) {

  @JsonProperty
  boolean balanced() {
    return money.balanced() && stock.balanced() && shipping.balanced();
  }

  /** An amount at the beginning and now. */
  record Change(BigDecimal initial, BigDecimal now) {

    Change plus(Change other) {
      return new Change(initial.add(other.initial), now.add(other.now));
    }

    boolean unchanged() {
      return initial.compareTo(now) == 0;
    }
  }

  /**
   * @param accounts customers: their balances; revenue: what the ledger says that the shop took
   * @param ledger what it says in all
   * @param accountsOffLedger accounts whose balance is not what the ledger makes of it
   */
  record Money(Map<String, Change> accounts, LedgerSums ledger, List<String> accountsOffLedger) {

    @JsonProperty
    Change total() {
      return accounts.values().stream()
          .reduce(new Change(BigDecimal.ZERO, BigDecimal.ZERO), Change::plus);
    }

    @JsonProperty
    boolean balanced() {
      return total().unchanged() && accountsOffLedger.isEmpty();
    }
  }

  /** What moved from customers to the shop, and what moved back. */
  record LedgerSums(long entries, BigDecimal paid, BigDecimal paidBack) {}

  record Stock(Map<String, Product> products) {

    @JsonProperty
    boolean balanced() {
      return products.values().stream().allMatch(Product::balanced);
    }
  }

  /** One product: what can be reserved, what is reserved, what has left the house. */
  record Product(long initial, long onHand, long reserved, long shipped) {

    @JsonProperty
    boolean balanced() {
      return onHand >= 0 && initial == onHand + reserved + shipped;
    }
  }

  record Shipping(Map<String, Carrier> carriers) {

    @JsonProperty
    boolean balanced() {
      return carriers.values().stream().allMatch(Carrier::balanced);
    }
  }

  /** One carrier: what it can still take, and what it took. */
  record Carrier(long initial, long capacity, long shipments) {

    @JsonProperty
    boolean balanced() {
      return capacity >= 0 && initial == capacity + shipments;
    }
  }
}
