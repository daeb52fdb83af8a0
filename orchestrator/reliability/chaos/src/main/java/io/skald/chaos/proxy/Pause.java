package io.skald.chaos.proxy;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Pause {

  void of(Duration time) throws InterruptedException;
}
