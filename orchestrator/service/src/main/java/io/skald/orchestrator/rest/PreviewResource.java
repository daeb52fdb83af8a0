package io.skald.orchestrator.rest;

import io.skald.machine.Input;
import io.skald.machine.SagaState;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Says what the verbs would do, before anybody does it. Nothing is written and nothing is sent, so
 * whoever may see a saga may ask.
 */
@Path(Addresses.SAGAS)
@Tag(name = "Previews", description = "See what a verb would do before it is done.")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PreviewResource {

  private static final String CAUSE = "preview";

  private final Steering steering;
  private final Skips skips;
  private final Previews previews;
  private final Problems problems;

  PreviewResource(Steering steering, Skips skips, Previews previews, Problems problems) {
    this.steering = steering;
    this.skips = skips;
    this.previews = previews;
    this.problems = problems;
  }

  @POST
  @Path("/{id}/{verb:cancel|resume|retry|abort}/preview")
  @Operation(
      operationId = "previewVerb",
      summary = "See what cancel, resume, retry or abort would do",
      description =
          """
          Decides on the saga as it is stored with the same rules as the verb itself, and throws the \
          decision away: what the journal would say, which commands would be sent with which \
          payload, what would come next; or why it is not possible.\
          """)
  @Parameter(
      name = "verb",
      in = ParameterIn.PATH,
      description = "What would be asked of the saga.",
      example = "cancel",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"cancel", "resume", "retry", "abort"}))
  @RequestBody(
      required = false,
      description = "The verb's own body; a reason is not needed.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = OperatorRequest.class),
              examples = @ExampleObject(name = "reason", value = Examples.REASON)))
  @APIResponse(
      responseCode = "200",
      description = "What would come of it.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = PreviewView.class),
              examples = @ExampleObject(name = "preview", value = Examples.PREVIEW)))
  public PreviewView preview(
      @PathParam("id") String id,
      @PathParam("verb") String verb,
      @Context HttpHeaders headers,
      InputStream body) {
    OperatorRequest request = OperatorRequest.of(JsonBody.read(headers, body));
    SagaState saga = steering.saga(id);
    String actor = request.actorName();
    String reason = request.reasonOr(OperatorRequest.NO_REASON);
    Input input =
        switch (verb) {
          case "cancel" -> new Input.CancelRequested(CAUSE, actor, reason);
          case "resume" -> new Input.ResumeRequested(CAUSE, actor, reason);
          case "retry" -> new Input.RetryRequested(CAUSE, actor, reason);
          case "abort" -> new Input.AbortRequested(CAUSE, actor, reason);
          default -> throw new IllegalArgumentException("Expected a verb, but found " + verb);
        };
    return previews.of(verb, saga, input);
  }

  @POST
  @Path("/{id}/steps/{step:.+}/skip/preview")
  @Operation(
      operationId = "previewSkip",
      summary = "See what taking a step for done would do",
      description = "The same for skip, with its own body; a reason is not needed.")
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
      responseCode = "200",
      description = "What would come of it.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = PreviewView.class),
              examples = @ExampleObject(name = "preview", value = Examples.PREVIEW)))
  @APIResponse(responseCode = "422", ref = ApiDocument.UNKNOWN_PART)
  public PreviewView previewSkip(
      @PathParam("id") String id,
      @PathParam("step") String step,
      @Context HttpHeaders headers,
      InputStream body) {
    SkipRequest request = SkipRequest.of(JsonBody.read(headers, body));
    SagaState saga = steering.saga(id);
    Skips.Skip skip = skips.of(saga, step, request);
    return previews.of(
        "skip",
        saga,
        new Input.SkipRequested(
            CAUSE,
            skip.step(),
            skip.phase(),
            skip.reply(),
            request.actorName(),
            request.reason().orElse(OperatorRequest.NO_REASON)));
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }
}
