package io.skald.orchestrator.rest;

import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.SagaRequests;
import io.skald.orchestrator.lane.UnavailableException;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the engine: remembers what was asked, and answers as it is told. */
@Alternative
@Singleton
public class FakeRequests implements SagaRequests {

  private final Rows rows;
  private final Map<SagaId, String> started = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Optional<Verdict> verdict = Optional.empty();
  private volatile Optional<SagaState> state = Optional.empty();
  private volatile boolean unavailable;
  private volatile Optional<RuntimeException> failure = Optional.empty();

  public FakeRequests(Rows rows) {
    this.rows = rows;
  }

  void reset() {
    asked.clear();
    verdict = Optional.empty();
    state = Optional.empty();
    unavailable = false;
    failure = Optional.empty();
  }

  void answerWith(Verdict next) {
    verdict = Optional.of(next);
  }

  /** As if a lane of this very process had decided, and the saga were so now. */
  void answerWith(SagaState after) {
    state = Optional.of(after);
  }

  void beUnavailable() {
    unavailable = true;
  }

  void failWith(RuntimeException next) {
    failure = Optional.of(next);
  }

  /** What was asked, one line a call. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Answer start(String definition, SagaId id, String key, String data)
      throws UnavailableException {
    asked.add("start " + definition + " " + key + " " + data);
    refuseIfTold();
    String before = started.putIfAbsent(id, data);
    if (before != null) {
      return answer(
          new Verdict.Ignored(
              before.equals(data) ? IgnoreReason.REPEATED_START : IgnoreReason.CONFLICTING_START));
    }
    if (verdict.filter(Verdict.Excluded.class::isInstance).isPresent()) {
      return answer(verdict.get());
    }
    rows.insert(
        new SagaState.Running(
            Orders.core(
                id, key, Instant.now(), 1, Orders.step("payment", Orders.awaitingReply(1)))),
        data);
    return answer(verdict.orElse(new Verdict.Applied()));
  }

  private Answer answer(Verdict what) {
    return new Answer(what, state);
  }

  @Override
  public Verdict cancel(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return steer("cancel", id, key, actor, reason);
  }

  @Override
  public Verdict resume(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return steer("resume", id, key, actor, reason);
  }

  @Override
  public Verdict abort(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return steer("abort", id, key, actor, reason);
  }

  @Override
  public Verdict retry(SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    return steer("retry", id, key, actor, reason);
  }

  @Override
  public Verdict skip(
      SagaId id, String key, StepName step, Phase phase, String reply, String actor, String reason)
      throws UnavailableException {
    return steer("skip " + phase + " of " + step + " as " + reply, id, key, actor, reason);
  }

  @Override
  public Verdict signal(SagaId id, String key, StepName await, String signal, String payload)
      throws UnavailableException {
    asked.add("signal " + await + " " + signal + " to " + id + " " + key + ": " + payload);
    refuseIfTold();
    return verdict.orElse(new Verdict.Applied());
  }

  @Override
  public boolean awaitEnd(SagaId id, Duration atMost) {
    asked.add("await " + atMost);
    return false;
  }

  private Verdict steer(String verb, SagaId id, String key, String actor, String reason)
      throws UnavailableException {
    asked.add(verb + " " + id + " " + key + " by " + actor + ": " + reason);
    refuseIfTold();
    return verdict.orElse(new Verdict.Applied());
  }

  private void refuseIfTold() throws UnavailableException {
    if (unavailable) {
      throw new UnavailableException(
          "Too many requests wait for an answer", Duration.ofMillis(2500));
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
