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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What operators do with steps that do not come along. */
@Path(Addresses.SAGAS)
@Tag(name = "Steering")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StepsResource {

  private final SagaRequests requests;
  private final Steering steering;
  private final Skips skips;
  private final Problems problems;

  StepsResource(SagaRequests requests, Steering steering, Skips skips, Problems problems) {
    this.requests = requests;
    this.steering = steering;
    this.skips = skips;
    this.problems = problems;
  }

  @POST
  @Path("/{id}/retry")
  @Operation(
      operationId = "retrySaga",
      summary = "Try now what waits for a retry",
      description =
          """
          Issues the next attempt of every step that waits for one, without the rest of its wait. \
          Attempts go on counting. For a parked saga there is resume.\
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
      description = "It is tried now.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.SAGA)))
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  public RestResponse<SagaView> retry(
      @PathParam("id") String id, @Context HttpHeaders headers, InputStream body)
      throws UnavailableException {
    OperatorRequest request = OperatorRequest.of(JsonBody.read(headers, body));
    SagaState saga = steering.saga(id);
    Verdict verdict =
        requests.retry(
            saga.core().id(),
            saga.core().key(),
            request.actorName(),
            request.reasonOr(OperatorRequest.NO_REASON));
    return steering.answer("retry", id, verdict);
  }

  @POST
  @Path("/{id}/steps/{step:.+}/skip")
  @Operation(
      operationId = "skipStep",
      summary = "Take a step for done",
      description =
          """
          Because it was done by hand, or need not be done. Takes the step's action for done with \
          the reply that is given in place of its participant's, or its compensation. Possible for \
          what was issued and has not succeeded; a parked saga goes on by it. A late answer of the \
          participant changes nothing any more. Wants a reason.\
          """)
  @Parameter(
      name = "step",
      in = ParameterIn.PATH,
      description = "The step's name, or `name/item` of what is run for each item.",
      example = "payment")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SkipRequest.class),
              examples = @ExampleObject(name = "skip", value = Examples.SKIP)))
  @APIResponse(
      responseCode = "202",
      description = "It is taken for done.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.SAGA)))
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  @APIResponse(responseCode = "422", ref = ApiDocument.UNKNOWN_PART)
  public RestResponse<SagaView> skip(
      @PathParam("id") String id,
      @PathParam("step") String step,
      @Context HttpHeaders headers,
      InputStream body)
      throws UnavailableException {
    SkipRequest request = SkipRequest.of(JsonBody.read(headers, body));
    String reason =
        request
            .reason()
            .orElseThrow(
                () ->
                    ApiProblem.invalid(
                        "Expected a body with a \"reason\", because nobody can see afterwards"
                            + " whether the step was done, but found none"));
    SagaState saga = steering.saga(id);
    Skips.Skip skip = skips.of(saga, step, request);
    Verdict verdict =
        requests.skip(
            saga.core().id(),
            saga.core().key(),
            skip.step(),
            skip.phase(),
            skip.reply(),
            request.actorName(),
            reason);
    return steering.answer("skip step '" + skip.step() + "' of", id, verdict);
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
