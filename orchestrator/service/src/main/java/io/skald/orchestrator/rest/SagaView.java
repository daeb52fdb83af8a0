package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.skald.machine.SagaStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All there is to see of one saga. */
@Schema(name = "Saga", description = "One run of a definition.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SagaView(
    UUID id,
    @Schema(examples = "order") String definition,
    @Schema(description = "The version that it is pinned to.", examples = "1") int version,
    @Schema(description = "The key that it was started with, or its id.", examples = "ORD-1001")
        String key,
    SagaStatus status,
    @Schema(type = SchemaType.OBJECT, description = "Its data, with what the replies added to it.")
        @JsonRawValue
        String data,
    Instant createdAt,
    Instant updatedAt,
    @Schema(description = "When it ended, if it has.") Optional<Instant> endedAt,
    @Schema(description = "Until when it may reach its point of no return.")
        Optional<Instant> deadline,
    @Schema(description = "The saga that it is a step of, if it is one.")
        Optional<ParentView> parent,
    @Schema(
            description =
                "Every step of its definition, in order; what is run for each item once for each"
                    + " item, as `name/item`.")
        List<StepView> steps,
    @Schema(
            description =
                "Every block of its definition that has a name, in order; none while the definition"
                    + " is not deployed.")
        List<BlockView> blocks,
    @Schema(description = "Whom it waits behind, if it does.") Optional<QueuedView> queued,
    @Schema(description = "Why it turned back, if it has.") Optional<CompensationView> compensation,
    @Schema(description = "Why it stands still, if it does.") Optional<ParkedView> parked,
    @Schema(description = "Who ended it, if somebody has.") Optional<AbortedView> aborted,
    @Schema(description = "What comes next; absent when it has ended.") Optional<NextView> next,
    @Schema(
            description = "Where to go from here: what can be asked of it now, by name.",
            examples = "{\"self\":\"/api/v1/sagas/0198…\"}")
        Map<String, String> links) {

  SagaView {
    steps = List.copyOf(steps);
    blocks = List.copyOf(blocks);
  }
}
