package io.skald.orchestrator.rest;

import io.skald.machine.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What went wrong at a participant, or on the way to it. */
@Schema(name = "Error", description = "What went wrong at a participant, or on the way to it.")
record ErrorView(
    @Schema(description = "Short, for programs.", examples = "TIMEOUT") String code,
    @Schema(
            description = "A sentence, for people.",
            examples = "No reply to attempt 1 within PT30S")
        String message) {

  static ErrorView of(Problem problem) {
    return new ErrorView(problem.code(), problem.message());
  }
}
