package io.skald.checker.real;

import io.skald.checker.Effect;
import io.skald.checker.Snapshot;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The books of a participant of the shop: what it has really done, whatever its fence says, and
 * what must be conserved. A participant's step has the participant's name.
 *
 * @param effects rows of saga_id, item, phase, place (order) and at
 * @param quantities rows of name, initial, present and least
 */
record Books(Participant participant, String effects, String quantities) {

  private static final Books PAYMENT =
      new Books(
          Participant.named("payment"),
          """
          select substr(payment_id, 5) as saga_id, '' as item,
                 case credit when 'SHOP' then 'ACTION' else 'COMPENSATION' end as phase,
                 id as place, at
          from payment.ledger
          """,
          """
          with moved as (
            select account, sum(amount) as amount
            from (select credit as account, amount from payment.ledger
                  union all
                  select debit, -amount from payment.ledger) entry
            group by account)
          select 'money of ' || a.id as name, a.initial,
                 a.balance - coalesce(m.amount, 0) as present, a.balance as least
          from payment.account a left join moved m on m.account = a.id
          """);

  private static final Books INVENTORY =
      new Books(
          Participant.named("inventory"),
          """
          select substr(r.reservation_id, 5) as saga_id, r.product_id as item, 'ACTION' as phase,
                 2 * r.id as place, r.at
          from inventory.reservation r
          union all
          select substr(r.reservation_id, 5), r.product_id, 'COMPENSATION', 2 * r.id + 1,
                 coalesce(f.updated_at, r.at)
          from inventory.reservation r
               left join inventory.fence f on f.saga_id::text = substr(r.reservation_id, 5)
          where r.state = 'RELEASED'
          """,
          """
          select 'stock of ' || s.product_id as name, s.initial,
                 s.on_hand + coalesce(r.taken, 0) as present, s.on_hand as least
          from inventory.stock s left join (
            select product_id, sum(quantity) as taken
            from inventory.reservation where state <> 'RELEASED' group by product_id) r
            on r.product_id = s.product_id
          """);

  private static final Books SHIPPING =
      new Books(
          Participant.named("shipping"),
          """
          select substr(tracking_id, 5) as saga_id, '' as item, 'ACTION' as phase, id as place, at
          from shipping.shipment
          """,
          """
          select 'places of ' || c.id as name, c.initial, c.capacity + count(s.id) as present,
                 c.capacity as least
          from shipping.carrier c left join shipping.shipment s on s.carrier = c.id group by c.id
          """);

  private static final List<Books> ALL = List.of(PAYMENT, INVENTORY, SHIPPING);

  /** The books of this participant; empty when it keeps none, and only its fence can tell. */
  static Optional<Books> of(Participant participant) {
    return ALL.stream().filter(books -> books.participant.equals(participant)).findFirst();
  }

  List<Effect> effects(Connection connection) throws SQLException {
    return Query.list(connection, effects, this::effect);
  }

  /** For each quantity two: what there was at the beginning, and what there is. */
  List<Snapshot> snapshots(Connection connection, Instant at) throws SQLException {
    List<Snapshot> snapshots = new ArrayList<>();
    Query.list(
            connection,
            quantities,
            row ->
                List.of(
                    new Snapshot(
                        row.getString("name"), at, row.getBigDecimal("initial"), BigDecimal.ZERO),
                    new Snapshot(
                        row.getString("name"),
                        at,
                        row.getBigDecimal("present"),
                        row.getBigDecimal("least"))))
        .forEach(snapshots::addAll);
    return snapshots;
  }

  private Effect effect(ResultSet row) throws SQLException {
    String saga = row.getString("saga_id");
    return new Effect(
        SagaId.parse(saga)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Expected the books of "
                            + participant
                            + " to name their sagas, but found '"
                            + saga
                            + "'")),
        participant,
        new StepName(participant.name()),
        Optional.of(row.getString("item")).filter(item -> !item.isEmpty()),
        Phase.valueOf(row.getString("phase")),
        row.getLong("place"),
        Query.instant(row, "at"));
  }
}
