package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.skald.machine.JournalEntry;
import io.skald.machine.SagaStatus;
import io.skald.saga.message.Phase;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What would come of a verb, were it asked for now. */
@Schema(name = "Preview", description = "What would come of a verb; nothing has been done.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PreviewView(
    @Schema(examples = "cancel") String verb,
    @Schema(description = "Whether the saga would take it.") boolean possible,
    @Schema(description = "Why it would change nothing, if so, and what can be done instead.")
        Optional<String> because,
    @Schema(
            description = "The number of the saga's latest transition; it may have gone on since.",
            examples = "4")
        long basedOn,
    @Schema(description = "The status that the saga would have.") SagaStatus status,
    @Schema(description = "What the journal would say, one sentence for each entry.")
        List<String> words,
    @Schema(description = "The commands that would be sent.") List<Sent> commands,
    @Schema(description = "What would come next; absent when the saga would have ended.")
        Optional<NextView> next) {

  PreviewView {
    words = List.copyOf(words);
    commands = List.copyOf(commands);
  }

  /** A command that would be sent. */
  @Schema(name = "PreviewedCommand", description = "A command that would be sent.")
  record Sent(
      @Schema(examples = "payment") String step,
      Phase phase,
      @Schema(examples = "payment") String participant,
      @Schema(examples = "RefundPayment v1") String command,
      int attempt,
      @Schema(type = SchemaType.OBJECT) @JsonRawValue String payload) {

    static Sent of(JournalEntry.CommandIssued issued) {
      return new Sent(
          issued.step().toString(),
          issued.phase(),
          issued.participant().name(),
          issued.command().toString(),
          issued.attempts().number(),
          issued.payload());
    }
  }
}
