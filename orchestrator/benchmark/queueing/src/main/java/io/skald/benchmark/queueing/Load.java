package io.skald.benchmark.queueing;

/** What is asked of a deployment. */
sealed interface Load {

  /** So many sagas at any time: when one ends the next is started. */
  record InFlight(int sagas) implements Load {}

  /** Sagas come at random, so many a second, whether those before have ended or not. */
  record Rate(double perSecond) implements Load {}
}
