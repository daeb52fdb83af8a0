package io.skald.benchmark.queueing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/**
 * A lane, or a participant: one turn at a time, each with all that waits. While a turn is under way
 * the next one gathers, so turns grow with the load by themselves.
 */
final class Batcher {

  /** What a turn does. */
  interface Turn {

    /**
     * @param done to be called when the next turn may begin
     */
    void run(List<Trip> batch, Runnable done);
  }

  private final String kind;
  private final int maxBatch;
  private final Turn turn;
  private final Level working;
  private final Queue<Trip> waiting = new ArrayDeque<>();
  private long turns;
  private long taken;

  Batcher(Timeline timeline, String kind, int maxBatch, Turn turn) {
    this.kind = kind;
    this.maxBatch = maxBatch;
    this.turn = turn;
    this.working = new Level(timeline);
  }

  String kind() {
    return kind;
  }

  void offer(Collection<Trip> arrived) {
    waiting.addAll(arrived);
    if (working.value() == 0) {
      next();
    }
  }

  private void next() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Trip> batch = new ArrayList<>(Math.min(maxBatch, waiting.size()));
    while (batch.size() < maxBatch && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    turns++;
    taken += batch.size();
    working.add(1);
    turn.run(
        batch,
        () -> {
          working.add(-1);
          next();
        });
  }

  double meanBatch() {
    return turns == 0 ? 0 : (double) taken / turns;
  }

  double utilisation() {
    return working.mean();
  }

  void reset() {
    working.reset();
    turns = 0;
    taken = 0;
  }
}
