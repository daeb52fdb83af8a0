package io.skald.machine;

import java.util.Optional;

/**
 * What follows from an input.
 *
 * @param verdict what became of the input
 * @param state the saga's state after it; empty when there is no saga
 * @param transition what to append to the journal, and so to send; empty when there is nothing
 */
public record Decision(
    Verdict verdict, Optional<SagaState> state, Optional<Transition> transition) {

  static Decision refused(Optional<SagaState> state, String because) {
    return new Decision(new Verdict.Refused(because), state, Optional.empty());
  }
}
