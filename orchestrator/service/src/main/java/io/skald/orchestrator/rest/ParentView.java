package io.skald.orchestrator.rest;

import io.skald.machine.ParentLink;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The saga that another one is a step of. */
@Schema(name = "Parent", description = "The saga that this one is a step of.")
record ParentView(
    UUID id,
    @Schema(examples = "ORD-1001") String key,
    @Schema(description = "Which step of it.", examples = "book-hotel") String step,
    @Schema(
            description =
                "Whether this saga waits, once its work is done, for what becomes of its parent.")
        boolean held) {

  static ParentView of(ParentLink link) {
    return new ParentView(link.saga().value(), link.key(), link.step().toString(), link.held());
  }
}
