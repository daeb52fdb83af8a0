package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.machine.ParkReason;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a saga stands still. */
@Schema(name = "Parked", description = "Why the saga stands still until an operator helps.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ParkedView(
    ParkReason reason,
    @Schema(description = "Where it stopped.", examples = "shipping") Optional<String> step,
    ErrorView problem,
    Instant since) {}
