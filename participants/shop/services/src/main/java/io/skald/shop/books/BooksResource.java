package io.skald.shop.books;

import io.skald.shop.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The books over HTTP. */
@Singleton
@Path("/api/books")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RunOnVirtualThread
public class BooksResource {

  private final Auditor auditor;

  BooksResource(Auditor auditor) {
    this.auditor = auditor;
  }

  @GET
  @Operation(summary = "All money, stock and capacity in one snapshot, and whether they balance")
  public Books books() {
    return auditor.books();
  }
}
