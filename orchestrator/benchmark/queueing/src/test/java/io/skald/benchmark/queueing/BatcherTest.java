package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private final Timeline timeline = new Timeline();
  private final List<Integer> batches = new ArrayList<>();
  private final Batcher lane =
      new Batcher(
          timeline,
          "lane",
          5,
          (batch, done) -> {
            batches.add(batch.size());
            timeline.after(10, done);
          });

  private void arrive(int sagas) {
    lane.offer(Collections.nCopies(sagas, new Trip(0, 0)));
  }

  @Test
  void shouldTakeAllThatGathered_whenATurnIsOver() {
    arrive(1);
    arrive(1);
    arrive(2);

    timeline.runUntil(100);

    assertThat(batches).containsExactly(1, 3);
    assertThat(lane.meanBatch()).isEqualTo(2);
    assertThat(lane.utilisation()).isEqualTo(0.2);
  }

  @Test
  void shouldLeaveTheRestForTheNextTurn_whenMoreWaitThanItMayTake() {
    arrive(12);

    timeline.runUntil(100);

    assertThat(batches).containsExactly(5, 5, 2);
  }
}
