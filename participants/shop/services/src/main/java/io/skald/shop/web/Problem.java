package io.skald.shop.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An RFC 9457 problem: what a client is told when its request was not served.
 *
 * @param errors what is wrong with single fields of the request; empty when it is something else
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
public record Problem(
    String type, String title, int status, String detail, List<FieldError> errors) {

  public static final String MEDIA_TYPE = "application/problem+json";

  /** One field that is wrong, and what was expected of it. */
  public record FieldError(String field, String message) {}

  public static Problem of(Response.StatusType status, String detail) {
    return new Problem(
        "about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, List.of());
  }

  public static Problem badRequest(String detail, List<FieldError> errors) {
    return new Problem("about:blank", "Bad Request", 400, detail, List.copyOf(errors));
  }

  public Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }

  public WebApplicationException exception() {
    return new WebApplicationException(detail, response());
  }
}
