package io.skald.orchestrator.lane;

import io.skald.machine.Verdict;
import io.skald.saga.message.SagaId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it hears. */
final class RecordingListener implements LaneListener {

  record Heard(SagaId saga, String cause, Verdict verdict) {}

  final List<Heard> decided = new ArrayList<>();
  final List<SagaId> ended = new ArrayList<>();
  final List<String> deadLetters = new ArrayList<>();
  final List<String> forwarded = new ArrayList<>();
  final List<String> recoveries = new ArrayList<>();
  int commits;
  int staleTimers;
  int notForUs;

  @Override
  public void decided(SagaId saga, String cause, Answer answer) {
    decided.add(new Heard(saga, cause, answer.verdict()));
  }

  @Override
  public void ended(SagaId saga) {
    ended.add(saga);
  }

  @Override
  public void committed(int inputs, int transitions, Duration took) {
    commits++;
  }

  @Override
  public void deadLettered(String topic, String because) {
    deadLetters.add(because);
  }

  @Override
  public void forwarded(String topic) {
    forwarded.add(topic);
  }

  @Override
  public void recovering(String because) {
    recoveries.add(because);
  }

  @Override
  public void staleTimer() {
    staleTimers++;
  }

  @Override
  public void notForUs(String topic) {
    notForUs++;
  }
}
