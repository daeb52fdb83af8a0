package io.skald.shop.scenarios;

import static io.skald.shop.scenarios.OrderAssert.assertThat;
import static io.skald.shop.scenarios.OrderDraft.anOrder;
import static io.skald.shop.scenarios.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.checker.Checker;
import io.skald.checker.Violation;
import io.skald.checker.real.LiveHistory;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A participant's database is restored from an old backup, so it has forgotten what it did since:
 * money and fence alike. The checker sees it, and reading the commands again mends it. Like {@link
 * CheckerIT} it comes before there is on the topics what nobody has journaled.
 */
@Scenarios
@Order(0)
final class RestoredBackupIT {

  private static final List<String> TABLES = List.of("account", "ledger", "fence");

  private final Shop shop;

  RestoredBackupIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void shouldBeFoundAndMended_whenPaymentForgetsWhatItDid() throws SQLException {
    // given: an order before the backup, and two after it, one of which was paid back
    PlacedOrder before = shop.place(anOrder());
    assertThat(before).isCompleted();
    backUp();
    PlacedOrder completed = shop.place(anOrder());
    PlacedOrder refused = shop.place(anOrder().to("AQ"));
    assertThat(completed).isCompleted();
    assertThat(refused).isCancelled();
    await().untilAsserted(() -> assertThat(check()).isEmpty());
    // when
    shop.process().stop();
    restore();
    // then
    assertThat(completed).hasFence("inventory DONE", "shipping DONE", "complete DONE").hasLedger();
    assertThat(check())
        .extracting(Violation::rule)
        .contains("outcome equals effects", "settled steps");
    // and when
    shop.topics().rewind("payment");
    shop.process().start();
    shop.process().awaitHealthy(Patience.LIMIT);
    // then: what was done before the backup is answered from the fence, and the rest done again
    await().untilAsserted(() -> assertThat(check()).isEmpty());
    assertThat(before).isCompleted().hasOneOfEachEffect();
    assertThat(completed).isCompleted().hasOneOfEachEffect();
    assertThat(refused).isCancelled().hasLedger("USR-123 -> SHOP 99.99", "SHOP -> USR-123 99.99");
    assertThat(shop.place(anOrder())).isCompleted().hasOneOfEachEffect();
  }

  private void backUp() {
    shop.participants().change("create schema backup");
    for (String table : TABLES) {
      shop.participants().change("create table backup.%1$s as table payment.%1$s".formatted(table));
    }
  }

  private void restore() {
    for (String table : TABLES) {
      shop.participants().change("delete from payment." + table);
      shop.participants()
          .change(
              "insert into payment.%1$s overriding system value table backup.%1$s"
                  .formatted(table));
    }
    shop.participants().change("drop schema backup cascade");
  }

  private List<Violation> check() throws SQLException {
    return Checker.check(LiveHistory.read(shop.installation()).build());
  }
}
