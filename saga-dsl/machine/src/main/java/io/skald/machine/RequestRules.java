package io.skald.machine;

import io.skald.machine.Input.AbortRequested;
import io.skald.machine.Input.CancelRequested;
import io.skald.machine.Input.ResumeRequested;
import io.skald.machine.Input.StartRequested;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Phase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    turn.record(
        new SagaStarted(
            request.id(),
            definition.name(),
            definition.version(),
            definition.fingerprint(),
            request.key(),
            digest(request.data()),
            request.data(),
            definition.deadline().map(turn::after)));
    turn.advance();
    return turn.applied();
  }

  static Decision startAgain(Turn<?> turn, StartRequested request) {
    InputIgnored ignored = ignoredStart(turn.core(), request);
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
      case SagaState.Compensating back ->
          turn.ignored(IgnoreReason.ALREADY_COMPENSATING, detail(request));
      case SagaState.Parked parked when parked.interrupted() instanceof SagaState.Compensating ->
          turn.ignored(IgnoreReason.ALREADY_COMPENSATING, detail(request));
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
    if (turn.deadlineHasPassed()) {
      turn.turnBackAtDeadline();
      return turn.applied();
    }
    Phase phase = parked.interrupted().phase();
    Optional<StepState> unfinished =
        turn.core().steps().stream()
            .filter(step -> step.phase(phase).filter(RequestRules::isUnfinished).isPresent())
            .findFirst();
    if (unfinished.isPresent()) {
      turn.issueAgain(unfinished.get(), phase, attempts -> attempts.renewed(turn.now()));
    } else if (phase == Phase.ACTION) {
      turn.advance();
    } else {
      turn.retreat();
    }
    return turn.applied();
  }

  static Decision abort(Turn<?> turn, AbortRequested request) {
    if (turn.state() instanceof SagaState.Terminal) {
      return turn.ignored(IgnoreReason.TERMINAL, request.actor());
    }
    turn.record(new SagaAborted(request.actor(), request.reason()));
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
