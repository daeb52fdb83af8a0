package io.skald.checker;

import io.skald.saga.message.Participant;
import io.skald.saga.message.StepName;
import java.util.Optional;

/** Where effects are done and undone: one item of a step at its participant. */
record Place(Participant participant, StepName step, Optional<String> item) {

  static Place of(Effect effect) {
    return new Place(effect.participant(), effect.step(), effect.item());
  }

  /** For people. */
  @Override
  public String toString() {
    return "step '" + step + "' of " + participant + item.map(i -> ", item '" + i + "'").orElse("");
  }
}
