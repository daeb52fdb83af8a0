package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a saga does next. */
@Schema(name = "Next", description = "What the saga does next, and what follows then.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record NextView(
    @Schema(description = "The step it is at.", examples = "inventory") Optional<String> step,
    @Schema(description = "Whether it does the step or undoes it.") Optional<Phase> phase,
    @Schema(description = "When it moves at the latest; absent when it waits for an operator.")
        Optional<Instant> at,
    @Schema(
            description = "The same in words.",
            examples = "awaiting the reply to attempt 2 until 2026-01-31T12:00:30Z")
        String because,
    @Schema(description = "The steps to be done, or undone, after it.", examples = "[\"shipping\"]")
        List<String> then) {

  NextView {
    then = List.copyOf(then);
  }

  static NextView at(StepName step, Phase phase, Instant at, String because, List<String> then) {
    return new NextView(
        Optional.of(step.toString()), Optional.of(phase), Optional.of(at), because, then);
  }
}
