package io.skald.testkit;

import io.skald.machine.Input.SignalSent;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.machine.ParkReason;
import io.skald.machine.SagaState;
import io.skald.saga.Part;
import io.skald.saga.message.StepName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Those who signal: when the saga waits, or as the faults of one case want it. */
final class Signals {

  private final SagaRun<?> saga;
  private final SampleSignals samples;
  private final Trouble trouble;
  private final Deque<SignalSent> coming = new ArrayDeque<>();
  private final List<SignalSent> all = new ArrayList<>();

  Signals(SagaRun<?> saga, SampleSignals samples, Trouble trouble) {
    this.saga = saga;
    this.samples = samples;
    this.trouble = trouble;
  }

  /** The saga has just been started. */
  void sagaHasStarted() {
    trouble.earlySignals().forEach(this::send);
  }

  /** This stands in the journal now. */
  void recorded(List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      if (entry instanceof WaitBegan wait && isAwait(wait.block())) {
        waiting(wait.block());
      } else if (entry instanceof WaitPassed wait && trouble.signalsLate(wait.block())) {
        send(wait.block());
      }
    }
  }

  private void waiting(StepName await) {
    if (samples.payloadFor(await).isEmpty() || trouble.keepsSilent(await)) {
      return;
    }
    SignalSent sent = send(await);
    if (trouble.repeatsSignal(await)) {
      coming.add(sent);
      send(await);
    }
  }

  private SignalSent send(StepName await) {
    String id = saga.nextCause();
    SignalSent signal = new SignalSent(id, id, await, samples.payloadFor(await).orElseThrow());
    coming.add(signal);
    all.add(signal);
    return signal;
  }

  Optional<SignalSent> next() {
    return Optional.ofNullable(coming.poll());
  }

  /** All that were ever sent. */
  List<SignalSent> all() {
    return List.copyOf(all);
  }

  /** Whether resuming would not help: a refusal stays one, and nobody will ever signal. */
  boolean isStuck(SagaState.Parked parked) {
    return parked.reason() == ParkReason.STEP_REJECTED
        || (parked.reason() == ParkReason.NO_SIGNAL
            && parked.step().flatMap(samples::payloadFor).isEmpty());
  }

  private boolean isAwait(StepName block) {
    return saga.definition().part(block).orElse(null) instanceof Part.Await<?>;
  }
}
