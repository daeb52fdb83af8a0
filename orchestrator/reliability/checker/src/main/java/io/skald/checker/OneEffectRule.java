package io.skald.checker;

import io.skald.saga.message.SagaId;

/** Whatever was sent again, each step has its effect at most once in each direction (law L5). */
final class OneEffectRule implements Rule {

  @Override
  public String name() {
    return "one effect";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaId saga : evidence.sagasWithEffects()) {
      for (Tally tally : evidence.tallies(saga)) {
        if (tally.done() > 1 || tally.undone() > 1) {
          findings.add(
              "L5",
              saga,
              "Expected "
                  + tally.place()
                  + " to be done and undone at most once, but it was "
                  + tally);
        }
      }
    }
  }
}
