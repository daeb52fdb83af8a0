package io.skald.orchestrator.rest;

import io.skald.machine.SagaCore;
import io.skald.orchestrator.query.JournalPages;
import io.skald.orchestrator.query.JournalRecord;
import io.skald.orchestrator.query.Page;
import io.skald.orchestrator.query.Sagas;
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

/** Shows what happened to a saga. */
@Path(Addresses.SAGAS)
@Tag(name = "Sagas")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class JournalResource {

  private static final int DEFAULT_LIMIT = 200;
  private static final int MAX_LIMIT = 1_000;

  private final Sagas sagas;
  private final JournalPages journal;
  private final Problems problems;

  JournalResource(Sagas sagas, JournalPages journal, Problems problems) {
    this.sagas = sagas;
    this.journal = journal;
    this.problems = problems;
  }

  @GET
  @Path("/{id}/journal")
  @Operation(
      operationId = "getSagaJournal",
      summary = "See what happened to a saga",
      description =
          """
          Every fact in its history: commands, replies, attempts that went wrong and when they are \
          tried again, what was ignored. The entries of one transition have the same `seq` and \
          happened at once.\
          """)
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "How many transitions on a page.",
      example = "200",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "200"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "Only transitions with a number above this.",
      example = "0",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
  @APIResponse(
      responseCode = "200",
      description = "A page of its history.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = JournalView.class),
              examples = @ExampleObject(name = "start", value = Examples.JOURNAL)))
  public JournalView journal(@PathParam("id") String id, @Context UriInfo uri) {
    QueryParameters query = new QueryParameters(uri.getQueryParameters(), Set.of("limit", "after"));
    int limit = (int) query.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    long after = query.number("after", 0, Long.MAX_VALUE, 0);
    SagaCore core = SagaIds.required(sagas, id).core();
    Page<JournalRecord> page = journal.page(core.id(), core.startedAt(), after, limit);
    Optional<String> next =
        page.more()
            ? Optional.of(
                Addresses.saga(core.id().value())
                    + "/journal?limit="
                    + limit
                    + "&after="
                    + page.items().getLast().seq())
            : Optional.empty();
    return new JournalView(
        core.id().value(),
        page.items().stream().flatMap(each -> JournalView.entries(each).stream()).toList(),
        archivedUpTo(core, page, after),
        next);
  }

  /** A journal has no gaps; what is not here although it is older has gone with its day. */
  private static Optional<Long> archivedUpTo(SagaCore core, Page<JournalRecord> page, long after) {
    long before = page.items().isEmpty() ? core.seq() : page.items().getFirst().seq() - 1;
    return before > after ? Optional.of(before) : Optional.empty();
  }

  @ServerExceptionMapper
  Response failed(RuntimeException failure, RoutingContext request) {
    return problems.of(failure, request);
  }
}
