package io.skald.orchestrator.rest;

import io.skald.machine.BlockState;
import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.SagaRequests;
import io.skald.orchestrator.lane.UnavailableException;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
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
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Takes the signals that sagas await. */
@Path(Addresses.SAGAS)
@Tag(name = "Signals", description = "Tell sagas what they wait for.")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignalsResource {

  private final SagaRequests requests;
  private final Steering steering;
  private final Definitions definitions;
  private final PayloadCodec codec;
  private final Problems problems;

  SignalsResource(
      SagaRequests requests,
      Steering steering,
      Definitions definitions,
      PayloadCodec codec,
      Problems problems) {
    this.requests = requests;
    this.steering = steering;
    this.definitions = definitions;
    this.codec = codec;
    this.problems = problems;
  }

  @POST
  @Path("/{id}/signals/{name:.+}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "sendSignal",
      summary = "Send a saga a signal",
      description =
          """
          Gives a saga what its definition awaits, such as an approval. It may come before the saga \
          waits for it, and is kept until then; when the call answers, the signal is durable. With \
          an `Idempotency-Key` the call can be repeated: the same key is the same signal.\
          """)
  @Parameter(
      name = "name",
      in = ParameterIn.PATH,
      description = "What is awaited, or `name/item` of what is awaited for each item.",
      example = "approval")
  @Parameter(
      name = StartKey.HEADER,
      in = ParameterIn.HEADER,
      description =
          "The signal's id: 1 to 200 visible ASCII characters. Without it each call is another"
              + " signal, of which only the first counts.",
      example = "APR-77",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 200))
  @RequestBody(
      required = true,
      description = "What the signal carries, as its definition says; at most 256 KiB.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT),
              examples = @ExampleObject(name = "approved", value = Examples.SIGNAL)))
  @APIResponse(
      responseCode = "202",
      description = "Taken, or kept until the saga waits for it.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.SAGA)))
  @APIResponse(
      responseCode = "200",
      description = "The same signal came before.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "saga", value = Examples.SAGA)))
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  @APIResponse(responseCode = "422", ref = ApiDocument.UNKNOWN_PART)
  public RestResponse<SagaView> signal(
      @PathParam("id") String id,
      @PathParam("name") String name,
      @Context HttpHeaders headers,
      InputStream body)
      throws UnavailableException {
    String json = JsonBody.text(JsonBody.read(headers, body));
    String signal = StartKey.given(headers).orElseGet(StartKey::fresh);
    SagaState saga = steering.saga(id);
    Optional<SagaDefinition<?>> definition =
        definitions.of(saga.core().definition(), saga.core().version());
    StepName await = PartNames.required(definition, name, Part.Await.class, "a signal");
    definition.ifPresent(known -> requireItem(saga, known, await));
    String payload = definition.map(known -> canonical(known, await, json)).orElse(json);
    Verdict verdict = requests.signal(saga.core().id(), saga.core().key(), await, signal, payload);
    return answer(id, await, signal, verdict);
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException unavailable, RoutingContext request) {
    return problems.of(unavailable, request);
  }

  /** Whether the very same signal is there already, only its id can tell. */
  private RestResponse<SagaView> answer(String id, StepName await, String signal, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Applied applied ->
          steering.view(RestResponse.Status.ACCEPTED, steering.saga(id));
      case Verdict.Ignored(IgnoreReason reason) -> {
        SagaState saga = steering.saga(id);
        if (signalOf(saga, await).filter(signal::equals).isEmpty()) {
          throw Refusals.notPossible("give signal '" + await + "' to", saga, reason);
        }
        yield steering.view(RestResponse.Status.OK, saga);
      }
      case Verdict.Refused(String because) ->
          throw ApiProblem.quoting(ProblemKind.INVALID_REQUEST, because);
    };
  }

  private static Optional<String> signalOf(SagaState saga, StepName await) {
    return saga.core()
        .block(await)
        .flatMap(
            block ->
                switch (block) {
                  case BlockState.Kept kept -> Optional.of(kept.signal());
                  case BlockState.Signalled signalled -> Optional.of(signalled.signal());
                  default -> Optional.empty();
                });
  }

  /** Once the items are taken, no other is awaited any more. */
  private static void requireItem(SagaState saga, SagaDefinition<?> definition, StepName await) {
    definition
        .forEachAround(await)
        .flatMap(forEach -> saga.core().block(forEach.name()))
        .filter(BlockState.Items.class::isInstance)
        .map(BlockState.Items.class::cast)
        .filter(taken -> taken.items().stream().noneMatch(i -> i.key().equals(await.item())))
        .ifPresent(
            taken -> {
              throw PartNames.unknown("a signal for one of the saga's items", await.toString());
            });
  }

  private String canonical(SagaDefinition<?> definition, StepName await, String json) {
    Part.Await<?> awaited = (Part.Await<?>) definition.part(await).orElseThrow();
    try {
      return codec.encode(codec.decode(json, awaited.signalClass()));
    } catch (UnreadablePayloadException unreadable) {
      throw Shape.problem("signal '" + await + "' to be a " + awaited.signalType(), unreadable);
    }
  }
}
