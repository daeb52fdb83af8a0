package io.skald.orchestrator.rest;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a saga waits for before it begins. */
@Schema(
    name = "Queued",
    description =
        "The saga waits for its turn: of its definition one saga of a key is under way at a time.")
record QueuedView(
    @Schema(description = "The saga that was last in the line when this one came.") UUID behind,
    @Schema(
            description = "The line that it stands in, and whoever is under way.",
            examples = "/api/v1/sagas?definition=order&key=ORD-1001")
        String line) {}
