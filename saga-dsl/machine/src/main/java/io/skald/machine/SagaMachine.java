package io.skald.machine;

import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import java.util.Objects;
import java.util.Optional;

/**
 * The state machine of sagas.
 *
 * <p>It keeps the law of the classic paper (H. Garcia-Molina and K. Salem, <em>Sagas</em>, 1987): a
 * saga runs T1 … Tn, or T1 … Tj, Cj … C1. It is a pure function: the same arguments give the same
 * decision, on every thread, at any time. What it decides has not happened until the transition is
 * committed; a decision that is thrown away has no effect.
 *
 * <p>Not final for one reason: the simulation takes single rules out, to see that it is noticed.
 */
public class SagaMachine {

  private final PayloadCodec codec;

  public SagaMachine(PayloadCodec codec) {
    this.codec = Objects.requireNonNull(codec, "codec");
  }

  /**
   * Decides what follows from an input.
   *
   * @param definition the one that the saga is pinned to
   * @param saga which saga the input is for
   * @param state the saga's present state; empty when there is no such saga
   * @param input what happened
   * @param moment when it happened, and a random number for jitter
   * @throws IllegalArgumentException when the state is another saga's, or pinned to another
   *     definition: then the caller has mixed things up
   */
  public <D> Decision decide(
      SagaDefinition<D> definition,
      SagaId saga,
      Optional<SagaState> state,
      Input input,
      Moment moment) {
    checkBelongs(definition, saga, state, input);
    Turn<D> turn = new Turn<>(definition, codec, saga, state, input, moment);
    try {
      return state.isPresent() ? onSaga(turn, input) : onNoSaga(turn, input);
    } catch (Defect defect) {
      if (turn.isParked()) {
        // It can't park again, and nothing was recorded: a request can't be met as the code is.
        return turn.refused(String.valueOf(defect.getMessage()));
      }
      // What was recorded before the function threw stands; the saga stops right behind it.
      turn.record(defect.parked());
      return turn.applied();
    }
  }

  /**
   * Decides for a saga whose definition is not deployed: it parks until it is (law L10). A reply
   * that comes in the meantime is not lost, for its command is issued again when the saga is
   * resumed and the participant repeats its answer. A request other than to abort is ignored, and
   * the verdict says so.
   */
  public Decision decideWithoutDefinition(SagaState state, Input input, Moment moment) {
    return new WithoutDefinition(state, input, moment).decide();
  }

  private static void checkBelongs(
      SagaDefinition<?> definition, SagaId saga, Optional<SagaState> state, Input input) {
    if (input instanceof Input.StartRequested start) {
      // Asked for again it may name a newer definition; the saga stays on its own.
      checkSame(saga, start.id());
    }
    if (input instanceof Input.UndoRequested undo) {
      checkSame(saga, undo.id());
    }
    if (state.isEmpty()) {
      return;
    }
    SagaCore core = state.get().core();
    checkSame(saga, core.id());
    if (input instanceof Input.StartRequested) {
      return;
    }
    if (!core.definition().equals(definition.name()) || core.version() != definition.version()) {
      throw new IllegalArgumentException(
          "Expected saga '"
              + saga
              + "' to be decided by "
              + core.definition()
              + " v"
              + core.version()
              + ", to which it is pinned, but found "
              + definition);
    }
  }

  private static void checkSame(SagaId saga, SagaId found) {
    if (!found.equals(saga)) {
      throw new IllegalArgumentException(
          "Expected what belongs to saga '"
              + saga
              + "', but found what belongs to '"
              + found
              + "'");
    }
  }

  private <D> Decision onNoSaga(Turn<D> turn, Input input) {
    if (input instanceof Input.StartRequested start) {
      return RequestRules.start(turn, start);
    }
    if (input instanceof Input.UndoRequested undo) {
      return ChildRules.undoUnknown(turn, undo);
    }
    return turn.refused("Expected a saga of that id, but there is none");
  }

  private <D> Decision onSaga(Turn<D> turn, Input input) {
    return switch (input) {
      case Input.StartRequested start -> RequestRules.startAgain(turn, start);
      case Input.StartExcluded excluded -> {
        JournalEntry.InputIgnored ignored = ExclusiveRules.excludedAnother(excluded);
        yield turn.ignored(ignored.reason(), ignored.detail());
      }
      case Input.TurnCame came -> ExclusiveRules.turnCame(turn);
      case Input.ReplyReceived reply -> ReplyRules.decide(turn, reply);
      case Input.CommandPublished published -> TimerRules.published(turn, published);
      case Input.TimerFired fired -> TimerRules.fired(turn);
      case Input.SignalSent signal -> RequestRules.signal(turn, signal);
      case Input.CancelRequested cancel -> RequestRules.cancel(turn, cancel);
      case Input.ResumeRequested resume -> RequestRules.resume(turn, resume);
      case Input.RetryRequested retry -> RequestRules.retry(turn, retry);
      case Input.SkipRequested skip -> RequestRules.skip(turn, skip);
      case Input.AbortRequested abort -> RequestRules.abort(turn, abort);
      case Input.UndoRequested undo -> ChildRules.undo(turn, undo);
      case Input.ReleaseRequested release -> ChildRules.release(turn, release);
    };
  }
}
