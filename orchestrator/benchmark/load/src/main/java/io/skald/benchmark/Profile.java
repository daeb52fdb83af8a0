package io.skald.benchmark;

/** Which way the sagas go. */
public enum Profile {
  /** Every step succeeds at once; every saga ends {@code SagaCompleted}. */
  HAPPY(0, 0),

  /** Shipping refuses, the steps before it are undone; every saga ends {@code SagaCompensated}. */
  COMPENSATING(1, 0),

  /** One saga in ten is refused by shipping and compensated. */
  MIXED(0.1, 0),

  /**
   * One command in ten fails as something that passes and is sent again after a backoff; every saga
   * ends {@code SagaCompleted}.
   */
  RETRYING(0, 0.1);

  private final double refused;
  private final double failing;

  Profile(double refused, double failing) {
    this.refused = refused;
    this.failing = failing;
  }

  /** The part of all sagas that shipping refuses. */
  double refused() {
    return refused;
  }

  /** The part of all actions whose first attempt fails. */
  double failing() {
    return failing;
  }
}
