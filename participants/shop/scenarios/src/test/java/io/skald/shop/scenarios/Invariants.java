package io.skald.shop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold after every scenario, whatever it was about. */
final class Invariants {

  private final Shop shop;

  Invariants(Shop shop) {
    this.shop = shop;
  }

  void check() {
    assertThat(shop.books().balanced()).as("the books balance: %s", shop.books()).isTrue();
    String unfinished =
        "select id || ' ' || status from sagas where status not in ('COMPLETED', 'COMPENSATED')";
    assertThat(shop.engine().lines(unfinished)).as("sagas left behind").isEmpty();
    shardsHaveNoGaps();
    sagasHaveNoGaps();
  }

  private void shardsHaveNoGaps() {
    String sql =
        """
        select s.id || ': ' || count(j.seq) || ' rows up to ' || s.journal_seq
        from shard s left join journal j on j.shard = s.id
        group by s.id
        having count(j.seq) <> s.journal_seq or count(distinct j.seq) <> s.journal_seq
            or coalesce(min(j.seq), 1) <> 1 or coalesce(max(j.seq), 0) <> s.journal_seq
        """;
    assertThat(shop.engine().lines(sql)).as("shards whose journal has gaps").isEmpty();
  }

  private void sagasHaveNoGaps() {
    String sql =
        """
        select s.id || ': ' || count(j.seq) || ' rows up to ' || s.seq
        from sagas s left join journal j on j.saga_id = s.id
        group by s.id, s.seq
        having count(j.seq) <> s.seq or count(distinct j.saga_seq) <> s.seq
            or max(j.saga_seq) <> s.seq or min(j.saga_seq) <> 1
        """;
    assertThat(shop.engine().lines(sql)).as("sagas whose journal has gaps").isEmpty();
  }
}
