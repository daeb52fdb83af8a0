package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.saga.message.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a saga does next. */
@Schema(name = "Next", description = "What the saga does next, and what follows then.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record NextView(
    @Schema(
            description =
                "The step it is at, or the block that waits; of several what is due first.",
            examples = "inventory")
        Optional<String> step,
    @Schema(description = "Whether it does the step or undoes it.") Optional<Phase> phase,
    @Schema(description = "When it moves at the latest; absent when it waits for an operator.")
        Optional<Instant> at,
    @Schema(
            description = "The same in words.",
            examples = "awaiting the reply to attempt 2 until 2026-01-31T12:00:30Z")
        String because,
    @Schema(
            description =
                "What else is under way at the same time, in the order of when it is due.")
        List<Open> beside,
    @Schema(description = "The steps to be done, or undone, after it.", examples = "[\"shipping\"]")
        List<String> then) {

  NextView {
    beside = List.copyOf(beside);
    then = List.copyOf(then);
  }

  /** A step that is under way, or a block that waits. */
  @Schema(name = "Open", description = "A step that is under way, or a block that waits.")
  record Open(
      @Schema(examples = "inventory/P-17") String name,
      Phase phase,
      @Schema(description = "When it moves at the latest.") Instant at,
      @Schema(description = "The same in words.") String because) {}
}
