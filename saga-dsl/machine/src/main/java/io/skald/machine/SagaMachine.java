package io.skald.machine;

import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
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
    if (input instanceof Input.StartRequested start) {
      return ignored(
          state, List.of(), RequestRules.ignoredStart(state.core(), start), moment, input);
    }
    if (input instanceof Input.StartExcluded excluded) {
      return ignored(state, List.of(), ExclusiveRules.excludedAnother(excluded), moment, input);
    }
    boolean passing =
        input instanceof Input.TimerFired
            || input instanceof Input.CommandPublished
            || input instanceof Input.TurnCame;
    return switch (state) {
      case SagaState.Terminal ended ->
          passing
              ? unchanged(state, IgnoreReason.STALE_TIMER)
              : ignored(state, List.of(), ignoredAs(IgnoreReason.TERMINAL, input), moment, input);
      case SagaState.Active active when input instanceof Input.AbortRequested abort ->
          single(state, new SagaAborted(abort.actor(), abort.reason()), moment, input);
      case SagaState.Parked parked when input instanceof Input.AbortRequested abort ->
          single(state, new SagaAborted(abort.actor(), abort.reason()), moment, input);
      case SagaState.Queued queued -> queuedWithout(queued, input, moment);
      case SagaState.Active active ->
          passing
              ? single(state, parkedWithout(active.core()), moment, input)
              : ignored(
                  state,
                  List.of(parkedWithout(active.core())),
                  ignoredAs(IgnoreReason.PARKED, input),
                  moment,
                  input);
      case SagaState.Parked parked ->
          passing
              ? unchanged(state, IgnoreReason.STALE_TIMER)
              : ignored(state, List.of(), ignoredAs(IgnoreReason.PARKED, input), moment, input);
    };
  }

  /** Its turn comes and it parks at once; until then it can wait without its definition. */
  private static Decision queuedWithout(SagaState.Queued queued, Input input, Moment moment) {
    return switch (input) {
      case Input.TurnCame came ->
          recorded(
              new Verdict.Applied(),
              queued,
              List.of(
                  new SagaTurnCame(queued.allowance().map(moment::after)),
                  parkedWithout(queued.core())),
              moment,
              input);
      case Input.AbortRequested abort ->
          single(queued, new SagaAborted(abort.actor(), abort.reason()), moment, input);
      case Input.TimerFired fired -> unchanged(queued, IgnoreReason.STALE_TIMER);
      case Input.CommandPublished published -> unchanged(queued, IgnoreReason.STALE_TIMER);
      default -> ignored(queued, List.of(), ignoredAs(IgnoreReason.QUEUED, input), moment, input);
    };
  }

  private static SagaParked parkedWithout(SagaCore core) {
    return new SagaParked(
        ParkReason.DEFINITION_MISSING,
        Optional.empty(),
        new Problem(
            "DEFINITION_MISSING",
            "Expected definition "
                + core.definition()
                + " v"
                + core.version()
                + " to be deployed; deploy it and the saga goes on"));
  }

  private static InputIgnored ignoredAs(IgnoreReason reason, Input input) {
    return new InputIgnored(input.getClass().getSimpleName(), reason, "the definition is missing");
  }

  private static Decision unchanged(SagaState state, IgnoreReason reason) {
    return new Decision(new Verdict.Ignored(reason), Optional.of(state), Optional.empty());
  }

  private static Decision single(SagaState state, JournalEntry entry, Moment moment, Input input) {
    return recorded(new Verdict.Applied(), state, List.of(entry), moment, input);
  }

  private static Decision ignored(
      SagaState state, List<JournalEntry> before, InputIgnored entry, Moment moment, Input input) {
    List<JournalEntry> entries = new ArrayList<>(before);
    entries.add(entry);
    return recorded(new Verdict.Ignored(entry.reason()), state, entries, moment, input);
  }

  private static Decision recorded(
      Verdict verdict, SagaState state, List<JournalEntry> entries, Moment moment, Input input) {
    Transition transition =
        new Transition(
            state.core().id(), state.core().seq() + 1, moment.now(), input.cause(), entries);
    return new Decision(
        verdict,
        Optional.of(Evolution.apply(Optional.of(state), transition)),
        Optional.of(transition));
  }

  private static void checkBelongs(
      SagaDefinition<?> definition, SagaId saga, Optional<SagaState> state, Input input) {
    if (input instanceof Input.StartRequested start) {
      // Asked for again it may name a newer definition; the saga stays on its own.
      checkSame(saga, start.id());
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
    return turn.refused("Expected a saga of that id, but there is none");
  }

  private <D> Decision onSaga(Turn<D> turn, Input input) {
    return switch (input) {
      case Input.StartRequested start -> RequestRules.startAgain(turn, start);
      case Input.StartExcluded excluded -> {
        InputIgnored ignored = ExclusiveRules.excludedAnother(excluded);
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
    };
  }
}
