package io.skald.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.saga.Orders.Notify;
import io.skald.saga.Orders.Order;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DefinitionPrintingTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void shouldPrintAllAsJson_whenTheSagaHasAll() throws Exception {
    // given
    JsonNode expected =
        JSON.readTree(
            """
            {
              "name": "order", "version": 3, "dataType": "Order",
              "fingerprint": "%s",
              "deadline": "PT72H",
              "startedBy": [
                {"topic": "order-events", "event": {"name": "OrderCreated", "version": 1}}
              ],
              "steps": [
                {
                  "name": "payment", "kind": "COMPENSATABLE", "participant": "payment",
                  "command": {"name": "ProcessPayment", "version": 1},
                  "reply": {"name": "PaymentProcessed", "version": 1},
                  "timeout": "PT20S",
                  "retry": {
                    "initial": "PT0.2S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT30S",
                    "maxAttempts": 8, "stopOn": ["LIMIT", "say \\"no\\"\\n"]
                  },
                  "compensation": {
                    "command": {"name": "RefundPayment", "version": 1},
                    "commandWhenUnknown": {"name": "VoidPayment", "version": 1},
                    "timeout": "PT20S",
                    "retry": {
                      "initial": "PT1M", "factor": 1.0, "jitter": 0.0, "maxDelay": "PT1M",
                      "within": "PT2H"
                    }
                  }
                },
                {
                  "name": "inventory", "kind": "COMPENSATABLE", "participant": "inventory",
                  "command": {"name": "ReserveInventory", "version": 1},
                  "reply": {"name": "InventoryReserved", "version": 1},
                  "timeout": "PT30S",
                  "retry": {
                    "initial": "PT0.2S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT30S",
                    "maxAttempts": 8
                  },
                  "compensation": {
                    "command": {"name": "ReleaseInventory", "version": 1},
                    "commandWhenUnknown": {"name": "ReleaseInventory", "version": 1},
                    "timeout": "PT30S",
                    "retry": {
                      "initial": "PT1S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT5M",
                      "within": "PT24H"
                    }
                  }
                },
                {
                  "name": "greeting", "kind": "COMPENSATABLE", "participant": "notification",
                  "command": {"name": "Notify", "version": 1},
                  "reply": {"name": "Notified", "version": 1},
                  "timeout": "PT30S",
                  "retry": {
                    "initial": "PT0.2S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT30S",
                    "maxAttempts": 8
                  }
                },
                {
                  "name": "shipping", "kind": "PIVOT", "participant": "shipping",
                  "command": {"name": "ScheduleShipping", "version": 1},
                  "reply": {"name": "ShippingScheduled", "version": 1},
                  "timeout": "PT30S",
                  "retry": {
                    "initial": "PT0.2S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT30S",
                    "maxAttempts": 8
                  }
                },
                {
                  "name": "notify", "kind": "RETRIABLE", "participant": "notification",
                  "command": {"name": "Notify", "version": 1},
                  "reply": {"name": "Notified", "version": 1},
                  "timeout": "PT30S",
                  "retry": {"initial": "PT1S", "factor": 2.0, "jitter": 0.2, "maxDelay": "PT30S"}
                }
              ]
            }
            """
                .formatted(Orders.whole().fingerprint()));
    // then
    assertThat(JSON.readTree(Orders.whole().toJson())).isEqualTo(expected);
  }

  @Test
  void shouldPrintValidJson_whenErrorCodesAreOdd() throws Exception {
    // given
    List<String> odd = List.of("\"", "\\", "\u0000", "\t\r\n\b\f", "/", "\u2028", "ä€😀", "");
    // when
    SagaDefinition<Order> saga =
        Orders.shipping(Orders.head())
            .retry(Retry.none().factor(1e300).stopOn(odd.toArray(String[]::new)))
            .build();
    // then
    JsonNode retry = JSON.readTree(saga.toJson()).at("/steps/0/retry");
    assertThat(retry.get("stopOn"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrderElementsOf(odd);
    assertThat(retry.get("factor").doubleValue()).isEqualTo(1e300);
  }

  @Test
  void shouldLeaveOutWhatIsNotThere_whenPrintedAsJson() throws Exception {
    // when
    JsonNode json = JSON.readTree(Orders.shipping(Orders.head()).build().toJson());
    // then
    assertThat(json.has("deadline")).isFalse();
    assertThat(json.get("startedBy")).isEmpty();
  }

  @Test
  void shouldPrintTheWayForwardAndBack_whenPrintedAsMermaid() {
    assertThat(Orders.whole().toMermaid())
        .isEqualTo(
            """
            flowchart TD
              start(["order v3"])
              step_payment["payment<br/>payment: ProcessPayment"]
              start --> step_payment
              undo_payment[/"RefundPayment"/]
              step_payment -.- undo_payment
              step_inventory["inventory<br/>inventory: ReserveInventory"]
              step_payment --> step_inventory
              undo_inventory[/"ReleaseInventory"/]
              step_inventory -.- undo_inventory
              undo_inventory -.-> undo_payment
              step_greeting["greeting<br/>notification: Notify"]
              step_inventory --> step_greeting
              step_shipping{{"shipping<br/>shipping: ScheduleShipping"}}
              step_greeting --> step_shipping
              step_notify(["notify<br/>notification: Notify"])
              step_shipping --> step_notify
              step_notify --> completed(["completed"])
            """);
  }

  @Test
  void shouldPrintNodesThatMermaidCanRead_whenStepNamesAreOdd() {
    // given keywords of Mermaid, and what it takes for links
    List<String> names =
        List.of("end", "graph", "subgraph", "style", "click", "default", "o", "x", "start").stream()
            .flatMap(
                name -> List.of(name, name + "-", name + "--", "a-" + name, "a--" + name).stream())
            .toList();
    Saga.BeforePivot<Order> story = Orders.head();
    for (String name : names) {
      story =
          story
              .step(name, Orders.NOTIFICATION, Notify.class, o -> new Notify(o.id()))
              .compensate(Notify.class, o -> new Notify(o.id()));
    }
    // when
    List<String> lines = story.build().toMermaid().lines().skip(1).toList();
    // then
    Pattern line =
        Pattern.compile(
            "  (start\\(\\[\"[^\"]*\"]\\)"
                + "|(step|undo)_\\w+\\[/?\"[^\"]*\"/?]"
                + "|(start|(step|undo)_\\w+) (-->|-\\.-|-\\.->) ((step|undo)_\\w+"
                + "|completed\\(\\[\"completed\"]\\)))");
    assertThat(lines).allMatch(text -> line.matcher(text).matches());
    assertThat(
            lines.stream().filter(text -> text.contains("[\"")).map(DefinitionPrintingTest::node))
        .doesNotHaveDuplicates()
        .hasSize(names.size() + 2);
  }

  private static String node(String line) {
    return line.strip().split("[\\[( ]")[0] + (line.contains("-->") ? " completed" : "");
  }
}
