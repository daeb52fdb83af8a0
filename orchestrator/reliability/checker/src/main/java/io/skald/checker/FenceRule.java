package io.skald.checker;

import java.util.List;

/** A participant's fence says what its books say: they were written in one transaction (law L5). */
final class FenceRule implements Rule {

  @Override
  public String name() {
    return "fence equals effects";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (FenceRow fence : evidence.history().fences()) {
      if (evidence.sees(fence.participant())) {
        check(fence, evidence, findings);
      }
    }
  }

  private static void check(FenceRow fence, Evidence evidence, Findings findings) {
    List<Tally> tallies = evidence.tallies(fence.saga(), fence.participant(), fence.step());
    String place = "step '" + fence.step() + "' of " + fence.participant();
    if (fence.state() == FenceState.DONE && tallies.isEmpty()) {
      findings.add("L5", fence.saga(), "Expected an effect of " + place + ", whose fence is DONE");
    }
    for (Tally tally : tallies) {
      if (!agrees(fence.state(), tally)) {
        findings.add(
            "L5",
            fence.saga(),
            "Expected "
                + place
                + " to be as its fence says, "
                + fence.state()
                + ", but it was "
                + tally);
      }
    }
  }

  private static boolean agrees(FenceState state, Tally tally) {
    return switch (state) {
      case DONE -> tally.stands();
      case COMPENSATED -> tally.isUndone();
      case REJECTED, TOMBSTONED -> tally.done() == 0 && tally.undone() == 0;
    };
  }
}
