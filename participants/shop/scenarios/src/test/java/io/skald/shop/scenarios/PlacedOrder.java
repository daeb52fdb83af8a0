package io.skald.shop.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import io.skald.saga.message.SagaId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An order that was placed: what each part of the shop knows of it. */
final class PlacedOrder {

  private final String id;
  private final Shop shop;

  PlacedOrder(String id, Shop shop) {
    this.id = id;
    this.shop = shop;
  }

  String id() {
    return id;
  }

  UUID sagaId() {
    return SagaId.forKey("order", id).value();
  }

  /** As its customer sees it. */
  JsonNode view() {
    return shop.api().get("/api/orders/" + id).orThrow();
  }

  String status() {
    return view().path("status").asText();
  }

  /** As an operator sees it; empty text when there is no saga yet. */
  String sagaStatus() {
    return shop.sagas().get(saga()).body().path("status").asText();
  }

  boolean sagaHasEnded() {
    return List.of("COMPLETED", "COMPENSATED", "ABORTED").contains(sagaStatus());
  }

  /** Its saga as an operator sees it. */
  JsonNode sagaView() {
    return shop.sagas().get(saga()).orThrow();
  }

  /** Asks for its saga to be turned back; returns the status of the answer. */
  int cancel() {
    return ask("cancel");
  }

  /** Asks for its parked saga to go on; returns the status of the answer. */
  int resume() {
    return ask("resume");
  }

  private int ask(String operation) {
    String body = "{\"actor\":\"maria\",\"reason\":\"The customer called\"}";
    return shop.sagas().post(saga() + "/" + operation, body).status();
  }

  /** The shard that its saga lives in. */
  int shard() {
    return Math.toIntExact(shop.engine().number("select shard from sagas where id = ?", sagaId()));
  }

  /** All that happened to its saga, in order; nothing when there is no saga yet. */
  List<Entry> journal() {
    JsonNode page = shop.sagas().get(saga() + "/journal?limit=1000").body();
    List<Entry> entries = new ArrayList<>();
    page.path("entries").forEach(entry -> entries.add(Entry.of(entry)));
    return entries;
  }

  /** The journal as the scenarios tell it. */
  List<String> told() {
    return journal().stream().map(Entry::told).toList();
  }

  /** How often something stands in the journal. */
  long told(String entry) {
    return told().stream().filter(entry::equals).count();
  }

  /** What each participant holds against commands that come twice or late. */
  List<String> fence() {
    return shop.participants()
        .lines(
            """
        select step || ' ' || state
        from (select 1 as place, f.* from payment.fence f
              union all select 2, f.* from inventory.fence f
              union all select 3, f.* from shipping.fence f
              union all select 4, f.* from orders.fence f) fences
        where saga_id = ? order by place
        """,
            sagaId());
  }

  /** How money moved for it. */
  List<String> ledger() {
    return shop.participants()
        .lines(
            """
        select debit || ' -> ' || credit || ' ' || amount
        from payment.ledger where order_id = ? order by id
        """,
            id);
  }

  /** What was set aside for it. */
  List<String> reservations() {
    return shop.participants()
        .lines(
            """
        select quantity || ' ' || product_id || ' ' || state
        from inventory.reservation where order_id = ? order by id
        """,
            id);
  }

  /** What carriers took for it. */
  List<String> shipments() {
    return shop.participants()
        .lines(
            "select carrier || ' to ' || country from shipping.shipment where order_id = ? order by id",
            id);
  }

  private String saga() {
    return "/api/v1/sagas/" + sagaId();
  }

  @Override
  public String toString() {
    return "order " + id + " (saga " + sagaId() + ")";
  }
}
