package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.machine.CompensationCause;
import io.skald.machine.Problem;
import io.skald.saga.message.StepName;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a saga turned back. */
@Schema(name = "Compensation", description = "Why the saga turned back.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CompensationView(
    CompensationCause cause,
    @Schema(description = "The step that was refused or given up.", examples = "shipping")
        Optional<String> failedStep,
    @Schema(description = "What went wrong, or the reason that was given.")
        Optional<ErrorView> problem) {

  static CompensationView of(
      CompensationCause cause, Optional<StepName> failedStep, Optional<Problem> problem) {
    return new CompensationView(
        cause, failedStep.map(StepName::toString), problem.map(ErrorView::of));
  }
}
