package io.skald.orchestrator.rest;

import io.skald.machine.IgnoreReason;
import io.skald.machine.SagaData;
import io.skald.machine.SagaState;
import io.skald.machine.Verdict;
import io.skald.orchestrator.config.SkaldConfig;
import io.skald.orchestrator.lane.Answer;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.SagaRequests;
import io.skald.orchestrator.lane.UnavailableException;
import io.skald.orchestrator.query.Page;
import io.skald.orchestrator.query.Position;
import io.skald.orchestrator.query.SagaSummary;
import io.skald.orchestrator.query.Sagas;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.UnreadablePayloadException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Starts sagas and shows them. */
@Path(Addresses.SAGAS)
@Tag(name = "Sagas", description = "Start sagas and see how far they are.")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SagasResource {

  private static final String APPLIED = "Preference-Applied";

  private final Definitions definitions;
  private final SagaRequests requests;
  private final PayloadCodec codec;
  private final Sagas sagas;
  private final SagaViews views;
  private final Problems problems;
  private final Duration maxWait;

  SagasResource(
      Definitions definitions,
      SagaRequests requests,
      PayloadCodec codec,
      Sagas sagas,
      SagaViews views,
      Problems problems,
      SkaldConfig config) {
    this.definitions = definitions;
    this.requests = requests;
    this.codec = codec;
    this.sagas = sagas;
    this.views = views;
    this.problems = problems;
    this.maxWait = config.requests().maxWait();
  }

  @POST
  @Path("/{definition}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "startSaga",
      summary = "Start a saga",
      description =
          """
          Starts a saga on the newest version of a definition. When it answers, the start is \
          durable. With an `Idempotency-Key` the call can be repeated: the same key and the same \
          data is the same saga. Of an exclusive definition one saga of a `Saga-Key` is under way \
          at a time: another start is refused, or is there at once as QUEUED and waits for its \
          turn.\
          """)
  @Parameter(
      name = "definition",
      in = ParameterIn.PATH,
      description = "The name of a definition.",
      example = "order")
  @Parameter(
      name = StartKey.HEADER,
      in = ParameterIn.HEADER,
      description =
          "The saga's key, such as the id of the order it is about: 1 to 200 visible ASCII"
              + " characters. Without it each call starts a saga of its own. Of an exclusive"
              + " definition it tells this start from others, and `Saga-Key` has the key.",
      example = "ORD-1001",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 200))
  @Parameter(
      name = StartKey.SAGA_KEY,
      in = ParameterIn.HEADER,
      description =
          "Of an exclusive definition, and of no other: the key of which one saga is under way at a"
              + " time.",
      example = "ORD-1001",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 200))
  @Parameter(
      name = "Prefer",
      in = ParameterIn.HEADER,
      description =
          "`wait=N` holds the answer until the saga has ended or N seconds have passed (RFC 7240).",
      example = "wait=10",
      schema = @Schema(type = SchemaType.STRING))
  @RequestBody(
      required = true,
      description = "The saga's first data, of the definition's data type; at most 256 KiB.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT),
              examples = @ExampleObject(name = "order", value = Examples.DATA)))
  @APIResponse(
      responseCode = "201",
      description = "Started.",
      headers = {
        @Header(
            name = "Location",
            description = "Where the saga is.",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = APPLIED,
            description = "How long the answer could be held.",
            schema = @Schema(type = SchemaType.STRING))
      },
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "started", value = Examples.SAGA)))
  @APIResponse(
      responseCode = "200",
      description = "Started before, with the same key and the same data.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "repeated", value = Examples.SAGA)))
  @APIResponse(
      responseCode = "400",
      description = "The body or a header is not what it must be.",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemView.class),
              examples = @ExampleObject(name = "invalid", value = Examples.INVALID)))
  @APIResponse(responseCode = "409", ref = ApiDocument.EXCLUDED)
  @APIResponse(responseCode = "422", ref = ApiDocument.CONFLICTING_START)
  public RestResponse<SagaView> start(
      @PathParam("definition") String name, @Context HttpHeaders headers, InputStream body)
      throws UnavailableException {
    String json = JsonBody.text(JsonBody.read(headers, body));
    SagaDefinition<?> definition = definition(name);
    StartKey start = StartKey.of(definition, headers);
    Optional<Duration> wait = Preference.wait(headers.getRequestHeader("Prefer"), maxWait);
    String data = canonical(definition, json);
    Answer started = requests.start(definition.name(), start.id(), start.key(), data);
    Response.Status status = status(started.verdict(), start);
    wait.ifPresent(atMost -> awaitEnd(start.id(), atMost));
    SagaState saga =
        started.state().filter(now -> wait.isEmpty()).orElseGet(() -> required(start.id()));
    RestResponse.ResponseBuilder<SagaView> answer =
        RestResponse.ResponseBuilder.<SagaView>create(status.getStatusCode())
            .entity(views.of(saga))
            .header(HttpHeaders.LOCATION, Addresses.saga(start.id().value()));
    wait.ifPresent(applied -> answer.header(APPLIED, "wait=" + applied.toSeconds()));
    return answer.build();
  }

  @GET
  @Operation(
      operationId = "listSagas",
      summary = "List sagas",
      description =
          """
          Sagas, the newest first. Pages stay stable while sagas are added: follow `next`, which \
          is also in header `Link`.\
          """)
  @Parameter(
      name = "definition",
      in = ParameterIn.QUERY,
      description = "Only sagas of this definition, of any version.",
      example = "order",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      description =
          "Only sagas with this status, or one of several with commas between: QUEUED, RUNNING,"
              + " COMPENSATING, PARKED, HELD, COMPLETED, COMPENSATED, ABORTED.",
      example = "RUNNING",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "key",
      in = ParameterIn.QUERY,
      description = "Only sagas with this very key.",
      example = "ORD-1001",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "Only sagas created at this time or later.",
      example = "2026-01-31T00:00:00Z",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Only sagas created before this time.",
      example = "2026-02-01T00:00:00Z",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "How many on a page.",
      example = "50",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "Comes with `next`.",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponse(
      responseCode = "200",
      description = "A page of sagas; `Link` has the next one.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaListView.class),
              examples = @ExampleObject(name = "page", value = Examples.SAGAS)))
  @APIResponse(responseCode = "400", ref = ApiDocument.INVALID)
  public RestResponse<SagaListView> list(@Context UriInfo uri) {
    ListQuery query = ListQuery.of(uri.getQueryParameters());
    Page<SagaSummary> page = sagas.page(query.filter(), query.after(), query.limit());
    Optional<String> next =
        page.more()
            ? Optional.of(nextPage(query, Position.of(page.items().getLast())))
            : Optional.empty();
    RestResponse.ResponseBuilder<SagaListView> answer =
        RestResponse.ResponseBuilder.ok(
            new SagaListView(page.items().stream().map(SagaListView.Item::of).toList(), next));
    next.ifPresent(link -> answer.header(HttpHeaders.LINK, "<" + link + ">; rel=\"next\""));
    return answer.build();
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getSaga",
      summary = "See a saga",
      description = "Its status, its data, each of its steps, and what comes next.")
  @APIResponse(
      responseCode = "200",
      description = "The saga.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SagaView.class),
              examples = @ExampleObject(name = "running", value = Examples.SAGA)))
  @APIResponse(responseCode = "400", ref = ApiDocument.INVALID)
  public SagaView saga(@PathParam("id") String id) {
    return views.of(SagaIds.required(sagas, id));
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }

  @ServerExceptionMapper
  Response unavailable(UnavailableException unavailable, RoutingContext request) {
    return problems.of(unavailable, request);
  }

  private SagaDefinition<?> definition(String name) {
    Optional<SagaDefinition<?>> definition = definitions.latest(name);
    return definition.orElseThrow(
        () ->
            new ApiProblem(
                ProblemKind.UNKNOWN_DEFINITION,
                "Expected the name of a definition, but found '"
                    + name
                    + "'; there are "
                    + definitions.latest().stream().map(SagaDefinition::name).toList()));
  }

  private String canonical(SagaDefinition<?> definition, String json) {
    try {
      String data =
          SagaData.encode(codec, SagaData.decodeGiven(codec, json, definition.dataType()));
      JsonBody.requireSize(data.getBytes(StandardCharsets.UTF_8).length);
      return data;
    } catch (UnreadablePayloadException unreadable) {
      throw Shape.problem("the data of definition '" + definition.name() + "'", unreadable);
    }
  }

  private static Response.Status status(Verdict verdict, StartKey start) {
    return switch (verdict) {
      case Verdict.Applied applied -> Response.Status.CREATED;
      case Verdict.Ignored(IgnoreReason reason) when reason == IgnoreReason.REPEATED_START ->
          Response.Status.OK;
      case Verdict.Ignored(IgnoreReason reason) when reason == IgnoreReason.CONFLICTING_START ->
          throw new ApiProblem(
              ProblemKind.CONFLICTING_START,
              "Expected a repeat of the start with key '"
                  + start.start()
                  + "', but the data differ from those of saga '"
                  + start.id()
                  + "'; use another key for another saga");
      case Verdict.Ignored(IgnoreReason reason) ->
          throw new ApiProblem(
              ProblemKind.NOT_POSSIBLE_NOW,
              "Expected to start saga '"
                  + start.id()
                  + "', but it is there already and can't tell whether its data are the same: "
                  + reason);
      case Verdict.Excluded(SagaId by, String because) -> throw ApiProblem.excluded(by, because);
      case Verdict.Refused(String because) ->
          throw ApiProblem.quoting(ProblemKind.INVALID_REQUEST, because);
    };
  }

  private void awaitEnd(SagaId id, Duration atMost) {
    try {
      requests.awaitEnd(id, atMost);
    } catch (InterruptedException stopping) {
      // The start is durable: what it has come to is answer enough.
      Thread.currentThread().interrupt();
    }
  }

  private SagaState required(SagaId id) {
    return sagas
        .state(id)
        .orElseThrow(
            () ->
                ApiProblem.unavailable(
                    "Expected to read saga '" + id + "', which has started, but found it nowhere",
                    Duration.ofSeconds(1)));
  }

  private static String nextPage(ListQuery query, Position after) {
    StringBuilder link = new StringBuilder(Addresses.SAGAS).append('?');
    query
        .given()
        .forEach(
            (name, value) ->
                link.append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .append('&'));
    return link.append("cursor=").append(Cursor.text(after)).toString();
  }
}
