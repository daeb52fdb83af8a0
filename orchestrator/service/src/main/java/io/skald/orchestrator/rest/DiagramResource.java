package io.skald.orchestrator.rest;

import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Draws a saga on the chart of its definition. */
@Path(Addresses.SAGAS)
@Tag(name = "Sagas")
@RunOnVirtualThread
public class DiagramResource {

  private final Steering steering;
  private final Definitions definitions;
  private final Problems problems;

  DiagramResource(Steering steering, Definitions definitions, Problems problems) {
    this.steering = steering;
    this.definitions = definitions;
    this.problems = problems;
  }

  @GET
  @Path("/{id}/diagram")
  @Produces({DefinitionsResource.MERMAID, MediaType.TEXT_PLAIN})
  @Operation(
      operationId = "getSagaDiagram",
      summary = "See a saga as a chart",
      description =
          """
          The Mermaid flow chart of its definition, with colours for what is done, under way, \
          undone, parked, still to come and left out. What is run for each item is one node, with \
          how far all items are together.\
          """)
  @APIResponse(
      responseCode = "200",
      description = "The chart.",
      content =
          @Content(
              mediaType = DefinitionsResource.MERMAID,
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "chart", value = Examples.DIAGRAM)))
  @APIResponse(responseCode = "406", ref = ApiDocument.NOT_ACCEPTABLE)
  @APIResponse(responseCode = "409", ref = ApiDocument.NOT_POSSIBLE_NOW)
  public String diagram(@PathParam("id") String id, @Context UriInfo uri) {
    new QueryParameters(uri.getQueryParameters(), Set.of());
    SagaState saga = steering.saga(id);
    SagaDefinition<?> definition =
        definitions
            .of(saga.core().definition(), saga.core().version())
            .orElseThrow(
                () ->
                    new ApiProblem(
                        ProblemKind.NOT_POSSIBLE_NOW,
                        "Expected definition '"
                            + saga.core().definition()
                            + "' version "
                            + saga.core().version()
                            + " to be deployed, so that its chart can be drawn, but it is not"));
    Progress progress = Progress.of(saga, definition);
    return definition.toMermaid(progress::of);
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }
}
