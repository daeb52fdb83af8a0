package io.skald.orchestrator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.skald.saga.message.Phase;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an operator says when a step is to be taken for done. */
@Schema(name = "SkipRequest", description = "Who takes a step for done, why, and with which reply.")
record SkipRequest(
    @Schema(description = "Why; the journal keeps it.", examples = "refunded by hand")
        Optional<String> reason,
    @Schema(description = "Who wants it.", examples = "maria") Optional<String> actor,
    @Schema(
            description =
                "What is taken for done, `action` or `compensation`; without it what the saga is"
                    + " at.",
            type = SchemaType.STRING,
            enumeration = {"action", "compensation"})
        Optional<Phase> phase,
    @Schema(
            type = SchemaType.OBJECT,
            description =
                "What the participant would have answered to the action, such as the ids that later"
                    + " steps need. Not needed for a compensation.")
        Optional<String> reply) {

  static SkipRequest of(byte[] body) {
    OperatorRequest who = OperatorRequest.of(body);
    if (body.length == 0) {
      return new SkipRequest(who.reason(), who.actor(), Optional.empty(), Optional.empty());
    }
    JsonNode object = OperatorRequest.tree(JsonBody.text(body));
    JsonNode reply = object.path("reply");
    return new SkipRequest(
        who.reason(),
        who.actor(),
        phase(object.path("phase")),
        reply.isMissingNode() || reply.isNull() ? Optional.empty() : Optional.of(reply.toString()));
  }

  String actorName() {
    return actor.orElse(OperatorRequest.NOBODY);
  }

  private static Optional<Phase> phase(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return Optional.empty();
    }
    Optional<Phase> phase =
        given.isTextual() ? Phase.ofWireName(given.textValue()) : Optional.empty();
    if (phase.isEmpty()) {
      throw ApiProblem.invalid(
          "Expected member 'phase' to be action or compensation, but found other");
    }
    return phase;
  }
}
