package io.skald.orchestrator.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who ended a saga as it was. */
@Schema(name = "Aborted", description = "Who ended the saga as it was, and why.")
record AbortedView(
    @Schema(examples = "maria") String actor,
    @Schema(examples = "settled by hand, ticket 4711") String reason,
    Instant at) {}
