package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.query.SagaSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of sagas. */
@Schema(name = "Sagas", description = "Sagas, the newest first.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SagaListView(
    List<Item> sagas,
    @Schema(description = "Where the next page is; absent on the last.") Optional<String> next) {

  SagaListView {
    sagas = List.copyOf(sagas);
  }

  /** A saga as lists show it. */
  @Schema(name = "SagaItem", description = "A saga without its data and steps.")
  record Item(
      UUID id,
      @Schema(examples = "order") String definition,
      @Schema(examples = "1") int version,
      @Schema(examples = "ORD-1001") String key,
      SagaStatus status,
      Instant createdAt,
      Instant updatedAt,
      @Schema(description = "Where all of it is.") String href) {

    static Item of(SagaSummary saga) {
      return new Item(
          saga.id(),
          saga.definition(),
          saga.version(),
          saga.key(),
          saga.status(),
          saga.createdAt(),
          saga.updatedAt(),
          Addresses.saga(saga.id()));
    }
  }
}
