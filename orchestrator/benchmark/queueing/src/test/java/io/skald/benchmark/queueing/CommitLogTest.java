package io.skald.benchmark.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitLogTest {

  private final Timeline timeline = new Timeline();
  private final CommitLog log = new CommitLog(timeline, 10);
  private final List<String> ends = new ArrayList<>();

  private void commit(String name, double millis) {
    log.use(millis, () -> ends.add(name + "@" + timeline.now()));
  }

  @Test
  void shouldServeAllThatWaitWithOneFlush_whenOneIsUnderWay() {
    commit("first", 1);
    commit("second", 2);
    commit("third", 3);

    timeline.runUntil(100);

    assertThat(ends).containsExactly("first@11.0", "second@26.0", "third@26.0");
  }

  @Test
  void shouldCountBytesAndNotFlushes_whenAskedHowFullItIs() {
    commit("first", 5);
    timeline.runUntil(50);

    assertThat(log.utilisation()).isCloseTo(0.1, within(1e-9));
  }
}
