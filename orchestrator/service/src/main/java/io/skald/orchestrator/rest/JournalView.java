package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.orchestrator.query.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of a saga's history. */
@Schema(name = "Journal", description = "What happened to a saga, in order.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record JournalView(
    UUID saga,
    List<Entry> entries,
    @Schema(
            description =
                "The transitions up to this number are not here any more: they are in the archive.")
        Optional<Long> archivedUpTo,
    @Schema(description = "Where the next page is; absent on the last.") Optional<String> next) {

  /** Reads numbers as they were written. */
  private static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  JournalView {
    entries = List.copyOf(entries);
  }

  /** One fact in a saga's history. */
  @Schema(name = "JournalEntry", description = "One fact in a saga's history.")
  record Entry(
      @Schema(description = "The number of the transition, from 1.", examples = "3") long seq,
      @Schema(description = "Its place in the transition, from 0.", examples = "0") int index,
      Instant at,
      @Schema(description = "The id of the message that brought it about.") String cause,
      @Schema(description = "What kind of fact it is.", examples = "CommandIssued") String type,
      @Schema(
              description = "The same as a sentence.",
              examples =
                  "command ProcessPayment v1 is sent to payment to do step 'payment', attempt 1")
          String words,
      @Schema(type = SchemaType.OBJECT, description = "Its members, which depend on its type.")
          @JsonRawValue
          String entry) {}

  /** The entries of one transition. */
  static List<Entry> entries(JournalRecord transition) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode stored : tree(transition.body())) {
      ObjectNode members = stored.deepCopy();
      String type = members.remove("type").textValue();
      entries.add(
          new Entry(
              transition.seq(),
              entries.size(),
              transition.at(),
              transition.cause(),
              type,
              EntryWords.of(transition.entries().get(entries.size())),
              members.toString()));
    }
    return entries;
  }

  private static JsonNode tree(String body) {
    try {
      return TREES.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a stored journal row to be JSON", e);
    }
  }
}
