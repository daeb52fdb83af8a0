package io.skald.chaos.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.chaos.stack.ChaosStack;
import io.skald.chaos.stack.Host;
import io.skald.checker.ClientStart;
import io.skald.saga.message.SagaId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Places one order after the other, each as a careful client does: with the same key again when
 * there is no answer, and with another orchestrator then. For any number of threads.
 */
final class Client implements AutoCloseable {

  private static final int TRIES = 3;
  private static final int SERVER_FAILED = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<Host, Optional<URI>> addresses;
  private final Events events;
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final Http http = new Http(statuses, any -> true);

  /** That a saga is over, or not there yet, is a good answer; that the server failed is none. */
  private final Http cancelling = new Http(statuses, status -> status >= SERVER_FAILED);

  /**
   * @param addresses empty for a host that is no part of the stack
   */
  Client(Function<Host, Optional<URI>> addresses, String bootstrapServers) {
    this.addresses = addresses;
    this.events = new Events(bootstrapServers);
  }

  static Client of(ChaosStack stack) {
    return new Client(
        host ->
            stack.hosts().contains(host)
                ? Optional.of(stack.process(host).address())
                : Optional.empty(),
        stack.bootstrapServers());
  }

  /**
   * Places an order.
   *
   * @return what the client knows then; empty when it can't even tell the name of what it may have
   *     started, since the shop gives the names
   */
  Optional<ClientStart> place(Order order) throws InterruptedException {
    return switch (order.way()) {
      case EVENT -> Optional.of(known(order, events.publish(order)));
      case ORCHESTRATOR -> Optional.of(known(order, startAtOrchestrators(order)));
      case SHOP -> orderAtShop(order);
    };
  }

  /** Asks for the end of a saga; whether that comes in time is not the client's to say. */
  void cancel(ClientStart start) throws InterruptedException {
    SagaId saga = SagaId.forKey(start.definition(), start.key());
    cancelling.post(
        orchestrator(saga.hashCode()).resolve("/api/v1/sagas/" + saga + "/cancel"),
        UUID.randomUUID().toString(),
        "{\"actor\":\"client\",\"reason\":\"thought better of it\"}");
  }

  /**
   * How its calls were answered: how often each status came, and 0 for no answer. Of those that
   * cancel, only what no call should be answered.
   */
  Map<Integer, LongAdder> statuses() {
    return statuses;
  }

  @Override
  public void close() {
    http.close();
    cancelling.close();
    events.close();
  }

  private boolean startAtOrchestrators(Order order) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      URI address = orchestrator(order.key().hashCode() + i);
      if (http.post(
              address.resolve("/api/v1/sagas/" + Order.DEFINITION), order.key(), order.jsonWithId())
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Optional<ClientStart> orderAtShop(Order order) throws InterruptedException {
    URI shop = address(Host.ORDER).resolve("/api/orders");
    for (int i = 0; i < TRIES; i++) {
      Optional<String> body = http.post(shop, order.key(), order.jsonWithoutId());
      if (body.isPresent()) {
        String id = orderId(body.get());
        return Optional.of(
            new ClientStart(
                Order.DEFINITION, id, Optional.of(SagaId.forKey(Order.DEFINITION, id))));
      }
    }
    return Optional.empty();
  }

  private URI orchestrator(int number) {
    Host host = number % 2 == 0 ? Host.ORCHESTRATOR : Host.ORCHESTRATOR_2;
    return addresses.apply(host).orElseGet(() -> address(Host.ORCHESTRATOR));
  }

  private URI address(Host host) {
    return addresses
        .apply(host)
        .orElseThrow(
            () -> new IllegalStateException(host.processName() + " is no part of this stack"));
  }

  private static ClientStart known(Order order, boolean acknowledged) {
    return new ClientStart(
        Order.DEFINITION, order.key(), acknowledged ? Optional.of(order.saga()) : Optional.empty());
  }

  private static String orderId(String body) {
    try {
      return JSON.readTree(body).required("orderId").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected the shop to answer with JSON, but found " + body, e);
    }
  }
}
