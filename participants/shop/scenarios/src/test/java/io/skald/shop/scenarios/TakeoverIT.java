package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.standalone.ServiceProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Scenario 9: two orchestrators share the work, and one takes over when the other dies. */
@Scenarios
@Order(8)
final class TakeoverIT {

  private static final String SECOND = "second";

  private final Shop shop;

  TakeoverIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldTakeOverEveryShard_whenTheOtherOrchestratorIsKilled() {
    try (ServiceProcess second = shop.addOrchestrator(SECOND)) {
      // given
      Patience.await().until(() -> shardsOf(SECOND).size() == Topics.PARTITIONS / 2);
      assertThat(owners()).hasSize(2);
      String first =
          owners().stream().filter(owner -> !owner.equals(SECOND)).findFirst().orElseThrow();
      Rush rush = Rush.of(shop, 200);
      rush.awaitTheMiddle();
      List<Integer> orphaned = shardsOf(SECOND);
      Patience.await()
          .untilAsserted(
              () ->
                  assertThat(shardsUnderWay())
                      .containsAnyElementsOf(orphaned)
                      .containsAnyElementsOf(shardsOf(first)));
      Map<Integer, Long> epochs = epochs();
      // when
      second.kill();
      second.stop();
      // then
      rush.assertIsInTheMiddle();
      Patience.await().until(() -> shardsOf(first).size() == Topics.PARTITIONS);
      rush.assertEndedWell();
      assertThat(owners()).containsExactly(first);
      assertThat(orphaned)
          .allSatisfy(
              shard ->
                  assertThat(epochs())
                      .as("epoch of shard %d", shard)
                      .hasEntrySatisfying(
                          shard, epoch -> assertThat(epoch).isGreaterThan(epochs.get(shard))));
    }
  }

  private List<String> owners() {
    return shop.engine().lines("select distinct owner from shard");
  }

  private List<Integer> shardsOf(String owner) {
    return shop.engine()
        .query("select id from shard where owner = ? order by id", row -> row.getInt(1), owner);
  }

  /** Shards with sagas that have got past their first step, and have not ended. */
  private List<Integer> shardsUnderWay() {
    return shop.engine()
        .query(
            "select distinct shard from sagas where status = 'RUNNING' and seq > 1",
            row -> row.getInt(1));
  }

  private Map<Integer, Long> epochs() {
    Map<Integer, Long> epochs = new HashMap<>();
    shop.engine()
        .query("select id, epoch from shard", row -> epochs.put(row.getInt(1), row.getLong(2)));
    return epochs;
  }
}
