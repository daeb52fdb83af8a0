package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem, as RFC 9457 wants it. */
@Schema(name = "Problem", description = "What went wrong, as RFC 9457 has it.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ProblemView(
    @Schema(
            description = "A name for the kind of problem; stable.",
            examples = "urn:skald:problem:unknown-saga")
        String type,
    @Schema(description = "The kind of problem, in words.", examples = "There is no such saga")
        String title,
    @Schema(description = "The status code of the answer.", examples = "404") int status,
    @Schema(
            description = "What was expected, what was found, and the way out.",
            examples = "Expected a saga '7b0c…', but there is none")
        String detail,
    @Schema(description = "What was asked for.", examples = "/api/v1/sagas/7b0c…")
        Optional<String> instance,
    @Schema(description = "The saga that is in the way, if one is.") Optional<UUID> saga) {

  ProblemView(String type, String title, int status, String detail, Optional<String> instance) {
    this(type, title, status, detail, instance, Optional.empty());
  }
}
