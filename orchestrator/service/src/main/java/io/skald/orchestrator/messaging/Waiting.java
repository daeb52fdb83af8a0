package io.skald.orchestrator.messaging;

import io.skald.orchestrator.lane.Answer;
import io.skald.saga.message.SagaId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Who in this process waits for an answer or for a saga's end. Safe on every thread. */
public final class Waiting {

  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<SagaId, Set<CompletableFuture<Boolean>>> ends = new ConcurrentHashMap<>();

  /** A place in the queue, which must be given back. */
  record Ticket<T>(CompletableFuture<T> future, Runnable giveBack) implements AutoCloseable {

    @Override
    public void close() {
      giveBack.run();
    }
  }

  Ticket<Answer> forAnswer(String request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    answers.put(request, answer);
    return new Ticket<>(answer, () -> answers.remove(request));
  }

  Ticket<Boolean> forEnd(SagaId saga) {
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    ends.compute(
        saga,
        (id, waiting) -> {
          Set<CompletableFuture<Boolean>> all =
              waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          all.add(end);
          return all;
        });
    return new Ticket<>(
        end,
        () ->
            ends.computeIfPresent(
                saga,
                (id, waiting) -> {
                  waiting.remove(end);
                  return waiting.isEmpty() ? null : waiting;
                }));
  }

  /** How many wait. */
  int count() {
    return answers.size() + ends.size();
  }

  /** A request was decided on. */
  public void tellAnswer(String request, Answer answer) {
    CompletableFuture<Answer> waiting = answers.get(request);
    if (waiting != null) {
      waiting.complete(answer);
    }
  }

  /** A saga has ended. */
  public void tellEnd(SagaId saga) {
    Set<CompletableFuture<Boolean>> waiting = ends.get(saga);
    if (waiting != null) {
      waiting.forEach(end -> end.complete(true));
    }
  }
}
