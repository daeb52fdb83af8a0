package io.skald.shop.scenarios;

import java.util.Map;

/** How patient the orchestrator is with participants and orders. */
@SuppressWarnings("ImmutableEnumChecker") // Its maps are.
enum Temper {
  /** Waits for minutes: whatever comes after a timeout here comes from a lost message. */
  PATIENT(Map.of("SHOP_SAGA_STEP_TIMEOUT", "PT5M")),

  /** Gives a step up after three attempts of 1.5 s. */
  HASTY(Map.of("SHOP_SAGA_STEP_TIMEOUT", "PT1.5S", "SHOP_SAGA_RETRY_MAX_ATTEMPTS", "3")),

  /** Asks again every 2 s, and goes on doing so for half a minute before it gives a step up. */
  PERSISTENT(Map.of("SHOP_SAGA_STEP_TIMEOUT", "PT2S")),

  /** Patient, but has room for few requests, and does not let them wait for long. */
  BUSY(
      Map.of(
          "SHOP_SAGA_STEP_TIMEOUT", "PT5M",
          "SKALD_REQUESTS_MAX_IN_FLIGHT", "4",
          "SKALD_REQUESTS_TIMEOUT", "PT2S")),

  /** Patient, but tries to undo a step many times a second, and gives up after 10 s. */
  PRESSING(
      Map.of(
          "SHOP_SAGA_STEP_TIMEOUT", "PT5M",
          "SHOP_SAGA_COMPENSATION_RETRY_INITIAL", "PT0.02S",
          "SHOP_SAGA_COMPENSATION_RETRY_MAX_DELAY", "PT0.05S",
          "SHOP_SAGA_COMPENSATION_RETRY_WITHIN", "PT10S")),

  /** Gives an order up after 5 s. */
  CURT(
      Map.of(
          "SHOP_SAGA_STEP_TIMEOUT", "PT5S",
          "SHOP_SAGA_DEADLINE", "PT5S",
          "SHOP_SAGA_RETRY_MAX_ATTEMPTS", "5"));

  private final Map<String, String> environment;

  Temper(Map<String, String> environment) {
    this.environment = environment;
  }

  Map<String, String> environment() {
    return environment;
  }
}
