package io.skald.shop.web;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what went wrong into problems, without class names, SQL or stack traces. */
final class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final String RETRY_AFTER_SECONDS = "2";

  @ServerExceptionMapper
  Response refused(WebApplicationException e) {
    Response response = e.getResponse();
    if (response.hasEntity() || response.getStatus() < 400) {
      return response;
    }
    return Problem.of(response.getStatusInfo(), "The request could not be served").response();
  }

  @ServerExceptionMapper
  Response transactionFailed(QuarkusTransactionException e) {
    return e.getCause() instanceof SQLException cause ? databaseAway(cause) : defect(e);
  }

  @ServerExceptionMapper
  Response defect(RuntimeException e) {
    LOG.error("A request could not be served", e);
    return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "This is our fault, not yours")
        .response();
  }

  @ServerExceptionMapper
  Response databaseAway(SQLException e) {
    LOG.errorf("The database did not answer a request: %s", e.getMessage());
    Problem problem =
        Problem.of(
            Response.Status.SERVICE_UNAVAILABLE, "The database is away for now; try again soon");
    return Response.fromResponse(problem.response())
        .header("Retry-After", RETRY_AFTER_SECONDS)
        .build();
  }
}
