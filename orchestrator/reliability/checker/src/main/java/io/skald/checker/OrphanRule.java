package io.skald.checker;

import io.skald.saga.message.SagaId;

/** Nothing happens at a participant but what a journaled command has asked for (law L1). */
final class OrphanRule implements Rule {

  @Override
  public String name() {
    return "no orphans";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaId id : evidence.sagasWithEffects()) {
      evidence
          .saga(id)
          .ifPresentOrElse(
              saga -> unasked(saga, evidence, findings),
              () ->
                  findings.add(
                      "L1", id, "Expected a saga behind these effects, but there is none"));
    }
    for (FenceRow fence : evidence.history().fences()) {
      if (evidence.saga(fence.saga()).isEmpty()) {
        findings.add(
            "L1",
            fence.saga(),
            "Expected a saga behind the fence row of step '"
                + fence.step()
                + "' at "
                + fence.participant()
                + ", but there is none");
      }
    }
  }

  private static void unasked(SagaHistory saga, Evidence evidence, Findings findings) {
    for (Effect effect : evidence.effects(saga.id())) {
      boolean asked =
          evidence.steps(saga).stream()
              .anyMatch(
                  step ->
                      step.name().equals(effect.step())
                          && step.participant().equals(effect.participant())
                          && step.isIssued(effect.phase()));
      if (!asked) {
        findings.add(
            "L1",
            saga.id(),
            "Expected a journaled command behind the "
                + effect.phase().wireName()
                + " of step '"
                + effect.step()
                + "' at "
                + effect.participant()
                + ", but there is none");
      }
    }
  }
}
