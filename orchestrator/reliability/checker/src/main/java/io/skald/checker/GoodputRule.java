package io.skald.checker;

/**
 * Enough sagas complete, compared with a run without faults: what is lost and tried again hides.
 */
final class GoodputRule implements Rule {

  @Override
  public String name() {
    return "goodput";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    evidence
        .history()
        .goodput()
        .filter(goodput -> goodput.completed() < goodput.leastShare() * goodput.twin())
        .ifPresent(
            goodput ->
                findings.add(
                    "goodput",
                    "Expected at least %.3f of the %d sagas to complete that do without faults, but found %d"
                        .formatted(goodput.leastShare(), goodput.twin(), goodput.completed())));
  }
}
