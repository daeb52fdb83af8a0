package io.skald.standalone.bench;

/** Which way the sagas go. */
public enum Profile {
  /** Three steps and the completion; every order ends {@code SagaCompleted}. */
  HAPPY("DE", "SagaCompleted"),

  /**
   * Shipping refuses, stock and payment are given back; every order ends {@code SagaCompensated}.
   */
  COMPENSATING("AQ", "SagaCompensated");

  private final String country;
  private final String ending;

  Profile(String country, String ending) {
    this.country = country;
    this.ending = ending;
  }

  /** The lifecycle event that every saga of this profile has to end with. */
  String ending() {
    return ending;
  }

  /**
   * What the order says besides its id. The least amount and quantity that there are, so that the
   * demo data lasts for a million orders.
   */
  String orderFields() {
    return "\"userId\":\"USR-123\",\"items\":[{\"productId\":\"PROD-456\",\"quantity\":1}],"
        + "\"totalAmount\":0.01,\"country\":\""
        + country
        + "\"";
  }
}
