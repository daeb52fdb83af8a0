package io.skald.orchestrator.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies over the HTTP server's limit just before the server itself does, which would do it
 * without a word. A body of unknown length is stopped by the server on its way.
 */
@Singleton
class BodyLimit {

  static final String DETAIL =
      "Expected a body of at most " + JsonBody.MAX_BYTES + " bytes, but found a larger one";

  private final long limit;

  /** The limit is the server's own, which has no interface to be asked for it. */
  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void guard(@Observes Router router) {
    router
        .route(Problems.API + "*")
        .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1)
        .handler(this::check);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || !isOver(length)) {
      context.next();
      return;
    }
    context
        .response()
        .setStatusCode(ProblemKind.TOO_LARGE.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, "close")
        .endHandler(end -> request.connection().close())
        .end(Problems.json(ProblemKind.TOO_LARGE, DETAIL, Problems.instance(context)));
  }

  private boolean isOver(String length) {
    try {
      return Long.parseLong(length.trim()) > limit;
    } catch (NumberFormatException notALength) {
      return length.length() > 18;
    }
  }
}
