package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Definitions, one item a version. */
@Schema(name = "Definitions", description = "What is deployed, by name, the newest version first.")
record DefinitionListView(List<Item> definitions) {

  DefinitionListView {
    definitions = List.copyOf(definitions);
  }

  /** One version of a definition. */
  @Schema(name = "DefinitionItem", description = "One version of a definition.")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Item(
      @Schema(examples = "order") String name,
      @Schema(examples = "1") int version,
      @Schema(description = "Tells structures apart.") String fingerprint,
      @Schema(description = "Absent when counting took too long.") Optional<LiveView> live,
      @Schema(description = "Where all of it is.") String href) {}
}
