package io.skald.shop.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** The books of all participants, in one snapshot. */
record Books(JsonNode json) {

  boolean balanced() {
    return json.path("balanced").booleanValue();
  }

  BigDecimal revenue() {
    return json.at("/money/accounts/revenue/now").decimalValue();
  }

  /** Everything about money: accounts and what the ledger says. */
  JsonNode money() {
    return json.path("money");
  }

  long onHand(String product) {
    return json.at("/stock/products/" + product + "/onHand").longValue();
  }
}
