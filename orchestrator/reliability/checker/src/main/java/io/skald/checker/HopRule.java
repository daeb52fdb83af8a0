package io.skald.checker;

/** Each message that was delivered has ended in exactly one way. */
final class HopRule implements Rule {

  @Override
  public String name() {
    return "every message counted";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    if (!evidence.history().atRest()) {
      return; // Some are still on their way.
    }
    for (HopCounts hop : evidence.history().hops()) {
      if (hop.delivered() != hop.accounted() || !hop.unexplained().isEmpty()) {
        findings.add(
            "hops",
            "Expected each of "
                + hop.delivered()
                + " deliveries to end in exactly one way, but found "
                + hop.accounted()
                + ": "
                + hop);
      }
    }
  }
}
