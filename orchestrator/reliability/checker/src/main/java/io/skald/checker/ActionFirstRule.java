package io.skald.checker;

import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * At a participant no action lands after its compensation, and nothing is undone that was not done
 * (law L4).
 */
final class ActionFirstRule implements Rule {

  @Override
  public String name() {
    return "action before compensation";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    for (SagaId saga : evidence.sagasWithEffects()) {
      Set<Place> done = new HashSet<>();
      Set<Place> undone = new HashSet<>();
      for (Effect effect : inOrder(evidence.effects(saga))) {
        Place place = Place.of(effect);
        if (effect.phase() == Phase.COMPENSATION) {
          undone.add(place);
        } else {
          done.add(place);
        }
        if (effect.phase() == Phase.ACTION && undone.contains(place)) {
          findings.add(
              "L4",
              saga,
              "Expected no action of " + place + " after its compensation, as at " + effect.at());
        }
        if (effect.phase() == Phase.COMPENSATION && !done.contains(place)) {
          findings.add(
              "L4",
              saga,
              "Expected no compensation of " + place + " before its action, as at " + effect.at());
        }
      }
    }
  }

  private static List<Effect> inOrder(List<Effect> effects) {
    return effects.stream().sorted(Comparator.comparingLong(Effect::order)).toList();
  }
}
