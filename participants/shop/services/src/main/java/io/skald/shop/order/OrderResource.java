package io.skald.shop.order;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.skald.saga.message.SagaId;
import io.skald.shop.hosting.Hosting;
import io.skald.shop.hosting.Service;
import io.skald.shop.hosting.ShopConfig;
import io.skald.shop.messages.OrderCreated;
import io.skald.shop.messages.Shop;
import io.skald.shop.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Orders over HTTP. */
@Singleton
@Path("/api/orders")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RunOnVirtualThread
public class OrderResource {

  private static final String EXAMPLE =
      """
      {"userId":"USR-123","items":[{"productId":"PROD-456","quantity":2}],"totalAmount":99.99,"country":"DE"}\
      """;
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final Pattern ORDER_ID = Pattern.compile("ORD-[0-9a-f-]{36}");

  private final Orders orders;
  private final OrderPublisher publisher;
  private final Hosting hosting;
  private final URI orchestrator;

  OrderResource(Orders orders, OrderPublisher publisher, Hosting hosting, ShopConfig config) {
    this.orders = orders;
    this.publisher = publisher;
    this.hosting = hosting;
    this.orchestrator = config.orchestratorUrl();
  }

  /** The answer to an order that was taken. */
  @RegisterForReflection
  record Accepted(String orderId, OrderStatus status, String saga) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Takes an order; its saga starts within moments of the answer")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = OrderRequest.class),
              examples = @ExampleObject(name = "order", value = EXAMPLE)))
  public Response order(byte[] body, @HeaderParam("Idempotency-Key") @Nullable String key)
      throws SQLException {
    checkHosted();
    if (key != null && !IDEMPOTENCY_KEY.matcher(key).matches()) {
      throw Problem.badRequest(
              "Expected an Idempotency-Key of 1 to 128 printable characters", List.of())
          .exception();
    }
    String orderId = "ORD-" + SagaId.ofTime(Instant.now(), UUID.randomUUID());
    OrderCreated order = OrderCheck.checked(orderId, OrderJson.request(body));
    if (orders.add(order, key)) {
      publisher.publish(order);
      return accepted(order);
    }
    return repeated(order, key);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "Shows an order, how far it has come, and its history")
  public OrderView show(@PathParam("id") String id) throws SQLException {
    checkHosted();
    if (!ORDER_ID.matcher(id).matches()) {
      throw unknown();
    }
    Orders.Taken taken = orders.byId(id).orElseThrow(OrderResource::unknown);
    return OrderView.of(taken.order(), taken.at(), orders.facts(id), saga(id));
  }

  /** The same key again: the same order gets the same answer, another order is a mistake. */
  private Response repeated(OrderCreated order, @Nullable String key) throws SQLException {
    OrderCreated first =
        orders
            .byIdempotencyKey(String.valueOf(key))
            .orElseThrow(() -> new SQLException("The order with this key is gone"))
            .order();
    OrderCreated same =
        new OrderCreated(
            first.orderId(), order.userId(), order.items(), order.totalAmount(), order.country());
    if (!first.equals(same)) {
      throw new Problem(
              "about:blank",
              "Unprocessable Content",
              422,
              "This Idempotency-Key was used for another order",
              List.of())
          .exception();
    }
    return accepted(first);
  }

  private Response accepted(OrderCreated order) {
    String id = order.orderId();
    return Response.accepted(new Accepted(id, OrderStatus.PENDING, saga(id)))
        .location(URI.create("/api/orders/" + id))
        .build();
  }

  private String saga(String orderId) {
    return orchestrator
        .resolve("/api/v1/sagas/" + SagaId.forKey(Shop.ORDER_SAGA, orderId))
        .toString();
  }

  private void checkHosted() {
    if (!hosting.hosts(Service.ORDER)) {
      throw Problem.of(Response.Status.NOT_FOUND, "Orders are taken by another process")
          .exception();
    }
  }

  private static RuntimeException unknown() {
    return Problem.of(Response.Status.NOT_FOUND, "There is no order of this id").exception();
  }
}
