package io.skald.machine;

import io.skald.machine.Input.AbortRequested;
import io.skald.machine.Input.CancelRequested;
import io.skald.machine.Input.ResumeRequested;
import io.skald.machine.Input.RetryRequested;
import io.skald.machine.Input.SignalSent;
import io.skald.machine.Input.SkipRequested;
import io.skald.machine.Input.StartRequested;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SignalKept;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.PhaseState.AwaitingRetry;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What people and other services ask of a saga. */
final class RequestRules {

  private RequestRules() {}

  static <D> Decision start(Turn<D> turn, StartRequested request) {
    SagaDefinition<D> definition = turn.definition();
    Optional<String> fault = turn.userCode().faultOf(request.data());
    if (fault.isPresent()) {
      return turn.refused(
          "Expected the data of " + definition + " to start with, but " + fault.get());
    }
    Optional<Contention> others = ExclusiveRules.others(definition, request);
    if (others.isPresent() && !ExclusiveRules.mayWait(definition, others.get())) {
      return ExclusiveRules.exclude(turn, request, others.get());
    }
    SagaStarted started =
        started(turn, request.id(), request.key(), request.data(), request.parent());
    turn.record(ExclusiveRules.placed(definition, started, others));
    if (others.isPresent()) {
      turn.record(new SagaQueued(others.get().last(), definition.deadline()));
    } else {
      turn.advance();
    }
    return turn.applied();
  }

  static SagaStarted started(
      Turn<?> turn, SagaId id, String key, String data, Optional<ParentLink> parent) {
    SagaDefinition<?> definition = turn.definition();
    return new SagaStarted(
        id,
        definition.name(),
        definition.version(),
        definition.fingerprint(),
        key,
        digest(data),
        data,
        definition.deadline().map(turn::after),
        SagaCore.NO_PLACE,
        parent);
  }

  static Decision startAgain(Turn<?> turn, StartRequested request) {
    InputIgnored ignored = ignoredStart(turn.core(), request);
    request
        .parent()
        .ifPresent(asking -> turn.record(FamilyRules.startedAgain(turn.state(), asking)));
    return turn.ignored(ignored.reason(), ignored.detail());
  }

  /** What a start is to a saga that has started already. */
  static InputIgnored ignoredStart(SagaCore core, StartRequested request) {
    boolean same = core.startDigest().equals(digest(request.data()));
    return new InputIgnored(
        request.getClass().getSimpleName(),
        same ? IgnoreReason.REPEATED_START : IgnoreReason.CONFLICTING_START,
        same ? "the same data" : "other data than the saga was started with");
  }

  static Decision cancel(Turn<?> turn, CancelRequested request) {
    return switch (turn.state()) {
      case SagaState.Terminal ended -> turn.ignored(IgnoreReason.TERMINAL, detail(request));
      case SagaState.Held held -> turn.ignored(IgnoreReason.HELD, detail(request));
      case SagaState.Compensating back -> cancelSettling(turn, request);
      case SagaState.Parked parked when parked.interrupted() instanceof SagaState.Compensating ->
          turn.ignored(IgnoreReason.ALREADY_COMPENSATING, detail(request));
      case SagaState.Queued queued -> cancelForward(turn, request);
      case SagaState.Running running -> cancelForward(turn, request);
      case SagaState.Parked parked -> cancelForward(turn, request);
    };
  }

  static Decision resume(Turn<?> turn, ResumeRequested request) {
    if (!(turn.state() instanceof SagaState.Parked parked)) {
      return turn.ignored(IgnoreReason.NOT_PARKED, request.actor());
    }
    if (parked.reason() == ParkReason.STEP_REJECTED) {
      return turn.ignored(IgnoreReason.REFUSED_FOR_GOOD, request.actor());
    }
    turn.record(new SagaResumed(request.actor(), request.reason()));
    goOnAfterParking(turn);
    return turn.applied();
  }

  /** What is not settled is asked for again, and what is next begins. */
  private static void goOnAfterParking(Turn<?> turn) {
    if (turn.turnedBackAtDeadline()) {
      return;
    }
    for (StepState step : turn.core().steps()) {
      reissue(turn, step);
    }
    turn.goOn();
  }

  private static void reissue(Turn<?> turn, StepState step) {
    Phase phase = ((SagaState.Active) turn.state()).phase();
    if (step.phase(phase).filter(RequestRules::isUnfinished).isPresent()) {
      turn.issueAgain(step, phase, attempts -> attempts.renewed(turn.now()));
    } else if (phase == Phase.COMPENSATION && step.action().isOpen()) {
      Problem problem = new Problem(Problem.TURNED_BACK, "The saga parked before an answer came");
      turn.record(
          new StepGivenUp(step.name(), Phase.ACTION, step.action().attempts().number(), problem));
    }
  }

  /** A signal is kept, and taken at once where the story waits for it. */
  static <D> Decision signal(Turn<D> turn, SignalSent signal) {
    if (!(turn.definition().part(signal.block()).orElse(null) instanceof Part.Await<?> await)
        || !isOrMayBecome(turn, signal.block())) {
      return turn.refused(
          "Expected a signal that "
              + turn.definition()
              + " awaits, but found '"
              + signal.block()
              + "'");
    }
    Optional<String> fault = turn.userCode().faultOf(await, signal.payload());
    if (fault.isPresent()) {
      return turn.refused(
          "Expected signal '"
              + signal.block()
              + "' to be a "
              + await.signalType()
              + ", but "
              + fault.get());
    }
    if (turn.state() instanceof SagaState.Terminal) {
      return turn.ignored(IgnoreReason.TERMINAL, signal.block().toString());
    }
    if (turn.state() instanceof SagaState.Held) {
      return turn.ignored(IgnoreReason.HELD, signal.block().toString());
    }
    if (turn.state() instanceof SagaState.Compensating
        || (turn.state() instanceof SagaState.Parked parked
            && parked.interrupted() instanceof SagaState.Compensating)) {
      return turn.ignored(IgnoreReason.TURNED_BACK, signal.block().toString());
    }
    switch (turn.core().block(signal.block()).orElse(null)) {
      case BlockState.Kept kept
          when kept.signal().equals(signal.id()) || !couldNotTake(turn.state(), signal.block()) -> {
        return turn.ignored(IgnoreReason.REPEATED_SIGNAL, signal.block().toString());
      }
      case BlockState.Signalled signalled -> {
        return turn.ignored(IgnoreReason.REPEATED_SIGNAL, signal.block().toString());
      }
      case BlockState.Passed passed when await.late().isPresent() -> {
        return turn.ignored(IgnoreReason.ALREADY_SETTLED, signal.block().toString());
      }
      case null, default -> {}
    }
    Optional<String> unfit = faultOfKeeping(turn, await, signal);
    if (unfit.isPresent()) {
      return turn.refused(unfit.get());
    }
    turn.record(new SignalKept(signal.block(), signal.id(), signal.payload()));
    turn.goOn();
    return turn.applied();
  }

  /** A signal that can't be folded has parked the saga; another one may take its place. */
  private static boolean couldNotTake(SagaState state, StepName block) {
    return state instanceof SagaState.Parked parked
        && parked.reason() == ParkReason.DEFINITION_DEFECT
        && parked.step().equals(Optional.of(block));
  }

  /** Why this signal can't be kept, though it can be read; empty when it can. */
  private static Optional<String> faultOfKeeping(
      Turn<?> turn, Part.Await<?> await, SignalSent signal) {
    long kept = signal.payload().length();
    for (BlockState block : turn.core().blocks()) {
      if (block instanceof BlockState.Kept other && !other.name().equals(signal.block())) {
        kept += other.payload().length();
      }
    }
    if (kept > UserCode.MAX_PAYLOAD_BYTES) {
      return Optional.of(
          "Expected the signals that a saga keeps until it takes them to be at most "
              + UserCode.MAX_PAYLOAD_BYTES
              + " bytes together, but this one would make them longer");
    }
    if (turn.isRunning()
        && turn.core().block(signal.block()).orElse(null) instanceof BlockState.Waiting) {
      try {
        turn.userCode().foldSignal(await, signal.block(), turn.core(), signal.payload());
      } catch (Defect defect) {
        return Optional.of(String.valueOf(defect.getMessage()));
      }
    }
    return Optional.empty();
  }

  /** Whether the block is there, for the items that are known; for others it may still be. */
  private static boolean isOrMayBecome(Turn<?> turn, StepName block) {
    Optional<Part.ForEach<?, ?>> forEach = turn.definition().forEachAround(block);
    if (forEach.isEmpty() || block.item().isEmpty()) {
      return forEach.isEmpty() && block.item().isEmpty();
    }
    return turn.core().block(forEach.get().name()).orElse(null) instanceof BlockState.Items taken
        ? taken.items().stream().anyMatch(item -> item.key().equals(block.item()))
        : turn.core().blocks().size() < UserCode.MAX_ITEMS;
  }

  /** What waits for a retry is tried now; its attempts go on counting. */
  static Decision retry(Turn<?> turn, RetryRequested request) {
    if (!(turn.state() instanceof SagaState.Active active)) {
      return turn.ignored(whyAtRest(turn.state()).orElse(IgnoreReason.PARKED), request.actor());
    }
    List<StepState> waiting =
        active.core().openSteps(active.phase()).stream()
            .filter(step -> step.phase(active.phase()).orElseThrow() instanceof AwaitingRetry)
            .toList();
    if (waiting.isEmpty()) {
      return turn.ignored(IgnoreReason.NOTHING_TO_RETRY, request.actor());
    }
    turn.record(new RetryHastened(request.actor(), request.reason()));
    waiting.forEach(step -> turn.issueAgain(step, active.phase(), Attempts::next));
    return turn.applied();
  }

  /** Why nothing can be under way in the saga; empty when something can. */
  private static Optional<IgnoreReason> whyAtRest(SagaState state) {
    return switch (state) {
      case SagaState.Active active -> Optional.empty();
      case SagaState.Parked parked -> Optional.empty();
      case SagaState.Held held -> Optional.of(IgnoreReason.HELD);
      case SagaState.Queued queued -> Optional.of(IgnoreReason.QUEUED);
      case SagaState.Terminal ended -> Optional.of(IgnoreReason.TERMINAL);
    };
  }

  /** A step is taken for done. What parked goes on; a late answer to it changes nothing. */
  static <D> Decision skip(Turn<D> turn, SkipRequested request) {
    Optional<IgnoreReason> atRest = whyAtRest(turn.state());
    if (atRest.isPresent()) {
      return turn.ignored(atRest.get(), request.actor());
    }
    SagaState.Active active =
        turn.state() instanceof SagaState.Parked parked
            ? parked.interrupted()
            : (SagaState.Active) turn.state();
    Optional<StepState> step = turn.core().step(request.step());
    Optional<PhaseState> phase = step.flatMap(s -> s.phase(request.phase()));
    if (active.phase() != request.phase()
        || phase.filter(p -> !(p instanceof PhaseState.Succeeded)).isEmpty()) {
      return turn.ignored(IgnoreReason.NOTHING_TO_SKIP, request.step() + " by " + request.actor());
    }
    if (isRefusedForGoodElsewhere(turn.state(), request.step())) {
      return turn.ignored(IgnoreReason.REFUSED_FOR_GOOD, request.step() + " by " + request.actor());
    }
    String reply = "null";
    Optional<String> data = Optional.empty();
    if (request.phase() == Phase.ACTION) {
      StepDefinition<D> definition = turn.definitionOf(request.step());
      MessageType expected = MessageType.of(definition.replyType());
      Object answer;
      try {
        answer = turn.userCode().decodeReply(definition, expected, request.reply());
      } catch (UnreadablePayloadException unreadable) {
        return turn.refused(
            "Expected a "
                + expected
                + " in place of the reply to step '"
                + request.step()
                + "', but "
                + unreadable.getMessage());
      }
      try {
        data = turn.userCode().fold(definition, request.step(), turn.core(), answer);
        reply = turn.userCode().encodeReply(definition, turn.core(), answer);
      } catch (Defect defect) {
        return turn.refused(String.valueOf(defect.getMessage()));
      }
    }
    boolean wasParked = turn.state() instanceof SagaState.Parked;
    if (wasParked) {
      turn.record(new SagaResumed(request.actor(), request.reason()));
    }
    turn.record(
        new StepSkipped(
            request.step(), request.phase(), reply, data, request.actor(), request.reason()));
    if (request.phase() == Phase.COMPENSATION) {
      FamilyRules.letGo(step.orElseThrow()).ifPresent(turn::record);
    }
    if (wasParked) {
      goOnAfterParking(turn);
    } else {
      turn.goOn();
    }
    return turn.applied();
  }

  /** A step that was refused after the pivot has to be taken for done before the saga can go on. */
  private static boolean isRefusedForGoodElsewhere(SagaState state, StepName step) {
    return state instanceof SagaState.Parked parked
        && parked.reason() == ParkReason.STEP_REJECTED
        && !parked.step().equals(Optional.of(step));
  }

  static Decision abort(Turn<?> turn, AbortRequested request) {
    if (turn.state() instanceof SagaState.Terminal) {
      return turn.ignored(IgnoreReason.TERMINAL, request.actor());
    }
    turn.record(
        FamilyRules.aborted(turn.state(), new SagaAborted(request.actor(), request.reason())));
    return turn.applied();
  }

  /** Tells whether two starts carry the same data: 128 bits of SHA-256. */
  private static String digest(String data) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(data.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** What is under way is not waited for any longer: it counts as unknown, and is undone. */
  private static Decision cancelSettling(Turn<?> turn, CancelRequested request) {
    List<StepState> settling = turn.core().openSteps(Phase.ACTION);
    if (settling.isEmpty()) {
      return turn.ignored(IgnoreReason.ALREADY_COMPENSATING, detail(request));
    }
    Problem problem =
        new Problem("CANCELLED", "Not waited for, by " + request.actor() + ": " + request.reason());
    for (StepState step : settling) {
      turn.record(
          new StepGivenUp(step.name(), Phase.ACTION, step.action().attempts().number(), problem));
    }
    turn.retreat();
    return turn.applied();
  }

  private static Decision cancelForward(Turn<?> turn, CancelRequested request) {
    if (turn.core().isPastReturn()) {
      return turn.ignored(IgnoreReason.PAST_RETURN, detail(request));
    }
    turn.turnBack(
        CompensationCause.CANCELLED,
        Optional.empty(),
        Optional.of(new Problem("CANCELLED", request.reason())),
        Optional.of(request.actor()));
    return turn.applied();
  }

  private static boolean isUnfinished(PhaseState phase) {
    return phase.isOpen() || phase instanceof PhaseState.Unknown;
  }

  private static String detail(CancelRequested request) {
    return "cancel by " + request.actor();
  }
}
