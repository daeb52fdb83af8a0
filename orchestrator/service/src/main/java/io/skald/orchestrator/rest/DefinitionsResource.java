package io.skald.orchestrator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.query.LiveCount;
import io.skald.saga.SagaDefinition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Shows what is deployed. */
@Path(Addresses.DEFINITIONS)
@Tag(name = "Definitions", description = "See what is deployed.")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DefinitionsResource {

  static final String MERMAID = "text/vnd.mermaid";
  private static final String TEXT = "text/plain;charset=UTF-8";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Definitions definitions;
  private final LiveCounts counts;
  private final Problems problems;

  DefinitionsResource(Definitions definitions, LiveCounts counts, Problems problems) {
    this.definitions = definitions;
    this.counts = counts;
    this.problems = problems;
  }

  @GET
  @Operation(operationId = "listDefinitions", summary = "List all definitions in all versions")
  @APIResponse(
      responseCode = "200",
      description = "The definitions.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DefinitionListView.class),
              examples = @ExampleObject(name = "definitions", value = Examples.DEFINITIONS)))
  public DefinitionListView definitions(@Context UriInfo uri) {
    requireNoParameters(uri);
    return list(definitions.all());
  }

  @GET
  @Path("/{name}")
  @Operation(operationId = "listDefinitionVersions", summary = "List the versions of a definition")
  @Parameter(
      name = "name",
      in = ParameterIn.PATH,
      description = "The name of a definition.",
      example = "order")
  @APIResponse(
      responseCode = "200",
      description = "Its versions, the newest first.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DefinitionListView.class),
              examples = @ExampleObject(name = "definitions", value = Examples.DEFINITIONS)))
  public DefinitionListView versions(@PathParam("name") String name, @Context UriInfo uri) {
    requireNoParameters(uri);
    List<SagaDefinition<?>> versions = versions(name);
    if (versions.isEmpty()) {
      throw unknown("the name of a definition", name);
    }
    return list(versions);
  }

  @GET
  @Path("/{name}/{version}")
  @Produces({MediaType.APPLICATION_JSON, MERMAID, MediaType.TEXT_PLAIN})
  @Operation(
      operationId = "getDefinition",
      summary = "See a definition",
      description =
          """
          Its steps and policies as JSON, with a Mermaid flow chart in it; or the chart alone, \
          with `Accept: text/vnd.mermaid` or `?format=mermaid`.\
          """)
  @Parameter(
      name = "name",
      in = ParameterIn.PATH,
      description = "The name of a definition.",
      example = "order")
  @Parameter(
      name = "version",
      in = ParameterIn.PATH,
      description = "One of its versions.",
      example = "1",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "`mermaid` for the chart alone, as plain text; else JSON.",
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"json", "mermaid"}))
  @APIResponse(
      responseCode = "200",
      description = "The definition.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "definition", value = Examples.DEFINITION)),
        @Content(
            mediaType = MERMAID,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "chart", value = Examples.MERMAID))
      })
  @APIResponse(responseCode = "400", ref = ApiDocument.INVALID)
  @APIResponse(responseCode = "406", ref = ApiDocument.NOT_ACCEPTABLE)
  public Response definition(
      @PathParam("name") String name,
      @PathParam("version") String version,
      @Context UriInfo uri,
      @Context HttpHeaders headers) {
    String format =
        new QueryParameters(uri.getQueryParameters(), Set.of("format")).text("format").orElse("");
    SagaDefinition<?> definition = definition(name, version);
    return switch (format) {
      case "mermaid" -> Response.ok(definition.toMermaid(), TEXT).build();
      case "json" -> json(definition);
      case "" ->
          wantsMermaid(headers.getAcceptableMediaTypes())
              ? Response.ok(definition.toMermaid(), MERMAID + ";charset=UTF-8").build()
              : json(definition);
      default ->
          throw ApiProblem.invalid(
              "Expected query parameter 'format' to be json or mermaid, but found '"
                  + format
                  + "'");
    };
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }

  private Response json(SagaDefinition<?> definition) {
    ObjectNode object = object(definition.toJson());
    object.put("mermaid", definition.toMermaid());
    counts
        .take()
        .map(all -> LiveCounts.of(definition, all))
        .ifPresent(
            live ->
                object
                    .putObject("live")
                    .put("running", live.running())
                    .put("compensating", live.compensating())
                    .put("parked", live.parked()));
    object
        .putObject("links")
        .put("self", Addresses.definition(definition.name(), definition.version()))
        .put("sagas", Addresses.SAGAS + "?definition=" + definition.name());
    return Response.ok(object.toString(), MediaType.APPLICATION_JSON).build();
  }

  private DefinitionListView list(List<SagaDefinition<?>> shown) {
    Optional<List<LiveCount>> taken = counts.take();
    return new DefinitionListView(
        shown.stream()
            .map(
                definition ->
                    new DefinitionListView.Item(
                        definition.name(),
                        definition.version(),
                        definition.fingerprint(),
                        taken.map(all -> LiveCounts.of(definition, all)),
                        Addresses.definition(definition.name(), definition.version())))
            .toList());
  }

  private SagaDefinition<?> definition(String name, String version) {
    int number;
    try {
      number = Integer.parseInt(version);
    } catch (NumberFormatException notOne) {
      throw ApiProblem.invalid(
          "Expected a version, which is a whole number, but found '" + version + "'");
    }
    Optional<SagaDefinition<?>> definition = definitions.of(name, number);
    return definition.orElseThrow(
        () -> unknown("a definition and its version", name + "' version '" + number));
  }

  private List<SagaDefinition<?>> versions(String name) {
    return definitions.all().stream().filter(definition -> definition.name().equals(name)).toList();
  }

  private ApiProblem unknown(String expected, String found) {
    return new ApiProblem(
        ProblemKind.UNKNOWN_DEFINITION,
        "Expected " + expected + ", but found '" + found + "'; there are " + definitions.all());
  }

  /** A chart is for those who ask for it by name; whoever takes anything gets JSON. */
  private static boolean wantsMermaid(List<MediaType> accepted) {
    for (MediaType type : accepted) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (type.isCompatible(MediaType.valueOf(MERMAID))) {
        return true;
      }
    }
    return false;
  }

  private static void requireNoParameters(UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of());
  }

  private static ObjectNode object(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      return tree.deepCopy();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a definition to print itself as JSON", e);
    }
  }
}
