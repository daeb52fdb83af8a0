package io.skald.orchestrator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.LaneListener;
import io.skald.orchestrator.messaging.Waiting;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.util.Locale;

/** Tells those who wait what lanes have done, and counts it. */
final class LaneObserver implements LaneListener {

  private final Waiting waiting;
  private final MeterRegistry metrics;
  private final Counter applied;
  private final Counter ended;
  private final Counter transitions;
  private final Counter staleTimers;
  private final Counter recoveries;
  private final Timer commits;
  private final DistributionSummary batches;

  LaneObserver(Waiting waiting, MeterRegistry metrics) {
    this.waiting = waiting;
    this.metrics = metrics;
    this.applied = metrics.counter("skald.inputs", "verdict", "applied");
    this.ended = metrics.counter("skald.sagas.ended");
    this.transitions = metrics.counter("skald.transitions");
    this.staleTimers = metrics.counter("skald.timers.stale");
    this.recoveries = metrics.counter("skald.lane.recoveries");
    this.commits = metrics.timer("skald.commits");
    this.batches = metrics.summary("skald.batch.transitions");
  }

  @Override
  public void decided(SagaId saga, String cause, Answer answer) {
    switch (answer.verdict()) {
      case Verdict.Applied yes -> applied.increment();
      case Verdict.Ignored ignored ->
          metrics
              .counter(
                  "skald.inputs",
                  "verdict",
                  "ignored_" + ignored.reason().name().toLowerCase(Locale.ROOT))
              .increment();
      case Verdict.Excluded excluded ->
          metrics.counter("skald.inputs", "verdict", "excluded").increment();
      case Verdict.Refused refused ->
          metrics.counter("skald.inputs", "verdict", "refused").increment();
    }
    waiting.tellAnswer(cause, answer);
  }

  @Override
  public void ended(SagaId saga) {
    ended.increment();
    waiting.tellEnd(saga);
  }

  @Override
  public void committed(int inputs, int transitionCount, Duration took) {
    transitions.increment(transitionCount);
    batches.record(transitionCount);
    commits.record(took);
  }

  @Override
  public void deadLettered(String topic, String because) {
    metrics.counter("skald.dead.letters", "topic", topic).increment();
  }

  @Override
  public void forwarded(String topic) {
    metrics.counter("skald.forwarded", "topic", topic).increment();
  }

  @Override
  public void recovering(String because) {
    recoveries.increment();
  }

  @Override
  public void staleTimer() {
    staleTimers.increment();
  }

  @Override
  public void notForUs(String topic) {
    metrics.counter("skald.records.not.for.us", "topic", topic).increment();
  }
}
