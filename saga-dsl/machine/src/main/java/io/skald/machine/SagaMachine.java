package io.skald.machine;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The state machine of sagas.
 *
 * <p>It keeps the law of the classic paper (H. Garcia-Molina and K. Salem, <em>Sagas</em>, 1987): a
 * saga runs T1 … Tn, or T1 … Tj, Cj … C1. It is a pure function: the same arguments give the same
 * decision, on every thread, at any time. What it decides has not happened until the transition is
 * committed; a decision that is thrown away has no effect.
 */
public final class SagaMachine {

  private final PayloadCodec codec;
  private final ReplyRules replies;

  public SagaMachine(PayloadCodec codec) {
    this.codec = Objects.requireNonNull(codec, "codec");
    this.replies = new ReplyRules(codec);
  }

  /**
   * Decides what follows from an input.
   *
   * @param definition the one that the saga is pinned to
   * @param saga which saga the input is for
   * @param state the saga's present state; empty when there is no such saga
   * @param input what happened
   * @param moment when it happened, and a random number for jitter
   */
  public <D> Decision decide(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    Turn<D> turn = new Turn<>(definition, codec, saga, state, input, moment);
    try {
      return state.isPresent() ? onSaga(turn, input) : onNoSaga(turn, input);
    } catch (Defect defect) {
      // What was recorded before the function threw stands; the saga stops right behind it.
      turn.record(defect.parked());
      return turn.applied();
    }
  }

  /**
   * Decides for a saga whose definition is not deployed: it parks until it is (law L10). A reply
   * that comes in the meantime is not lost, for its command is issued again when the saga is
   * resumed and the participant repeats its answer.
   */
  public Decision decideWithoutDefinition(SagaState state, Input input, Moment moment) {
    String missing = state.core().definition() + " v" + state.core().version();
    String name = input.getClass().getSimpleName();
    return switch (state) {
      case SagaState.Terminal ended -> ignored(state, IgnoreReason.TERMINAL, name, input, moment);
      case SagaState.Active active ->
          single(
              new Verdict.Applied(),
              state,
              input instanceof Input.AbortRequested abort
                  ? new SagaAborted(abort.actor(), abort.reason())
                  : new SagaParked(
                      ParkReason.DEFINITION_MISSING,
                      Optional.empty(),
                      new Problem(
                          "DEFINITION_MISSING",
                          "Expected definition "
                              + missing
                              + " to be deployed; deploy it and the saga goes on")),
              input,
              moment);
      case SagaState.Parked parked ->
          input instanceof Input.AbortRequested abort
              ? single(
                  new Verdict.Applied(),
                  state,
                  new SagaAborted(abort.actor(), abort.reason()),
                  input,
                  moment)
              : ignored(state, IgnoreReason.PARKED, name, input, moment);
    };
  }

  private static Decision ignored(
      SagaState state, IgnoreReason reason, String name, Input input, Moment moment) {
    return single(
        new Verdict.Ignored(reason), state, new InputIgnored(name, reason, ""), input, moment);
  }

  private static Decision single(
      Verdict verdict, SagaState state, JournalEntry entry, Input input, Moment moment) {
    Transition transition =
        new Transition(
            state.core().id(), state.core().seq() + 1, moment.now(), input.cause(), List.of(entry));
    return new Decision(
        verdict,
        Optional.of(Evolution.apply(Optional.of(state), transition)),
        Optional.of(transition));
  }

  private <D> Decision onNoSaga(Turn<D> turn, Input input) {
    if (input instanceof Input.StartRequested start) {
      return RequestRules.start(turn, start);
    }
    return turn.refused("Expected a saga of that id, but there is none");
  }

  private <D> Decision onSaga(Turn<D> turn, Input input) {
    return switch (input) {
      case Input.StartRequested start -> RequestRules.startAgain(turn, start);
      case Input.ReplyReceived reply -> replies.decide(turn, reply);
      case Input.CommandPublished published -> TimerRules.published(turn, published);
      case Input.TimerFired fired -> TimerRules.fired(turn);
      case Input.CancelRequested cancel -> RequestRules.cancel(turn, cancel);
      case Input.ResumeRequested resume -> RequestRules.resume(turn, resume);
      case Input.AbortRequested abort -> RequestRules.abort(turn, abort);
    };
  }
}
