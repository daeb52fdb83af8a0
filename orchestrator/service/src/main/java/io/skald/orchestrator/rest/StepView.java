package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.saga.StepKind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One step of a saga. */
@Schema(name = "Step", description = "One step of a saga.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record StepView(
    @Schema(examples = "payment") String name,
    StepStatus status,
    @Schema(description = "Where it stands to the point of no return.") StepKind kind,
    @Schema(description = "Who does it; absent when the definition is gone.", examples = "payment")
        Optional<String> participant,
    @Schema(description = "The saga that does it, where the step is a saga, once it was issued.")
        Optional<UUID> sagaId,
    @Schema(description = "How often its action was issued.", examples = "2") int attempts,
    @Schema(description = "How often its compensation was issued.", examples = "0")
        int compensationAttempts,
    @Schema(
            description =
                "When the first attempt at its action was issued; after an operator resumed it, the"
                    + " first one since.")
        Optional<Instant> startedAt,
    @Schema(description = "When its action was settled.") Optional<Instant> endedAt,
    @Schema(description = "The same of its compensation.") Optional<Instant> compensationStartedAt,
    @Schema(description = "The same of its compensation.") Optional<Instant> compensationEndedAt,
    @Schema(description = "What went wrong last.") Optional<ErrorView> lastError,
    @Schema(description = "Until when the reply to the attempt under way is awaited.")
        Optional<Instant> timeoutAt,
    @Schema(description = "When the next attempt is issued.") Optional<Instant> nextRetryAt) {}
