package io.skald.orchestrator.rest;

import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.SagaRequests;
import io.skald.orchestrator.lane.UnavailableException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What people may ask of a saga that runs. */
@Path(Addresses.SAGAS)
@Tag(name = "Steering", description = "Turn sagas back, let them go on, end them.")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SteeringResource {

  private final SagaRequests requests;
  private final Steering steering;
  private final Problems problems;

  SteeringResource(SagaRequests requests, Steering steering, Problems problems) {
    this.requests = requests;
    this.steering = steering;
    this.problems = problems;
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(
      operationId = "cancelSaga",
      summary = "Turn a saga back",
      description =
          """
          Compensates all that may have happened. Possible until the command of the pivot, the \
          point of no return, is issued; for a parked saga too, which is how one is compensated \
          from where it stands.\
          """)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = OperatorRequest.class),
              examples = @ExampleObject(name = "reason", value = Examples.REASON)))
  @APIResponse(
      responseCode = "202",
      description = "It has turned back.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.COMPENSATING)))
  @APIResponse(
      responseCode = "200",
      description = "It was on its way back already.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.COMPENSATING)))
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  public RestResponse<SagaView> cancel(
      @PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
      throws UnavailableException {
    OperatorRequest request = OperatorRequest.of(JsonBody.read(headers, body));
    SagaState saga = steering.saga(id);
    Verdict verdict =
        requests.cancel(
            saga.core().id(),
            saga.core().key(),
            request.actorName(),
            request.reasonOr(OperatorRequest.NO_REASON));
    return steering.answer("cancel", id, verdict);
  }

  @POST
  @Path("/{id}/resume")
  @Operation(
      operationId = "resumeSaga",
      summary = "Let a parked saga go on",
      description =
          """
          Issues the command that it stopped at once more, with a new series of attempts. Only a \
          parked saga can be resumed.\
          """)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = OperatorRequest.class),
              examples = @ExampleObject(name = "reason", value = Examples.REASON)))
  @APIResponse(
      responseCode = "202",
      description = "It goes on.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.SAGA)))
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  public RestResponse<SagaView> resume(
      @PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
      throws UnavailableException {
    OperatorRequest request = OperatorRequest.of(JsonBody.read(headers, body));
    SagaState saga = steering.saga(id);
    Verdict verdict =
        requests.resume(
            saga.core().id(),
            saga.core().key(),
            request.actorName(),
            request.reasonOr(OperatorRequest.NO_REASON));
    return steering.answer("resume", id, verdict);
  }

  @POST
  @Path("/{id}/abort")
  @Operation(
      operationId = "abortSaga",
      summary = "End a saga as it is",
      description =
          """
          Ends it without compensation: its effects remain. For sagas that were settled by hand. \
          Wants a reason.\
          """)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = OperatorRequest.class),
              examples = @ExampleObject(name = "reason", value = Examples.REASON)))
  @APIResponse(
      responseCode = "202",
      description = "It has ended.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.ABORTED)))
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  public RestResponse<SagaView> abort(
      @PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
      throws UnavailableException {
    OperatorRequest request = OperatorRequest.of(JsonBody.read(headers, body));
    String reason =
        request
            .reason()
            .orElseThrow(
                () ->
                    ApiProblem.invalid(
                        "Expected a body with a \"reason\", because abort leaves effects behind,"
                            + " but found none"));
    SagaState saga = steering.saga(id);
    Verdict verdict =
        requests.abort(saga.core().id(), saga.core().key(), request.actorName(), reason);
    return steering.answer("abort", id, verdict);
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException unavailable, RoutingContext request) {
    return problems.of(unavailable, request);
  }
}
