package io.skald.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Transition;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ShardSequenceRuleTest {

  @Test
  void shouldObject_whenARowIsMissing() {
    // given
    Told told = Told.completed();
    StoredSaga row = StoredSaga.of(told.replayed());
    told.rows.remove(3);
    told.stored(row);
    // when
    var found = Told.foundBy(new ShardSequenceRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("Expected row 4 of shard 0, but found 5");
  }

  @Test
  void shouldObject_whenTwoRowsHaveOneNumber() {
    // given
    Told one = Told.completed();
    Told other = new Told("other", 0).started();
    // when
    var found = Told.foundBy(new ShardSequenceRule(), Told.history(one, other).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("Expected row 2 of shard 0, but found 1");
  }

  @Test
  void shouldObject_whenTheLastRowsAreMissing() {
    // given
    Told told = Told.completed();
    int rows = told.rows.size();
    // when
    var found =
        Told.foundBy(
            new ShardSequenceRule(),
            Told.history(told).shards(List.of(new Shard(0, rows + 1, rows))).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("rows of shard 0");
  }

  @Test
  void shouldObject_whenMoreIsPublishedThanWritten() {
    // given
    Told told = Told.completed();
    int rows = told.rows.size();
    // when
    var found =
        Told.foundBy(
            new ShardSequenceRule(),
            Told.history(told).shards(List.of(new Shard(0, rows, rows + 1))).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("published no more");
  }

  @Test
  void shouldObject_whenASagaChangesItsShard() {
    // given
    Told told = Told.aborted();
    Transition last = told.rows.removeLast().transition();
    told.rows.add(new JournalRow(9, 1, last, OptionalLong.empty()));
    // when
    var found = Told.foundBy(new ShardSequenceRule(), Told.history(told).build());
    // then
    assertThat(found).extracting(Violation::law).containsOnly("L1");
    assertThat(found.getFirst().sentence()).contains("stay in its shard");
  }
}
