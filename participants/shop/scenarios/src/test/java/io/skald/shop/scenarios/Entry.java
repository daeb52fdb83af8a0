package io.skald.shop.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One entry of a saga's journal.
 *
 * @param seq the number of its transition
 * @param body its members
 */
record Entry(long seq, Instant at, String type, JsonNode body) {

  static Entry of(JsonNode entry) {
    return new Entry(
        entry.path("seq").longValue(),
        Instant.parse(entry.path("at").asText()),
        entry.path("type").asText(),
        entry.path("entry"));
  }

  String step() {
    return text("step");
  }

  int attempt() {
    return body.path("attempt").intValue();
  }

  Instant instant(String member) {
    return Instant.parse(text(member));
  }

  /** In a word or two, as the scenarios tell it. */
  String told() {
    return switch (type) {
      case "CommandIssued" -> text("command") + "#" + attempt();
      case "AttemptFailed", "AttemptTimedOut" -> type + " " + step() + "#" + attempt();
      case "StepSucceeded", "StepRejected", "StepCompensated", "StepGivenUp" -> type + " " + step();
      case "SagaCompensating" -> type + " " + text("cause");
      case "InputIgnored" -> type + " " + text("reason");
      default -> type;
    };
  }

  String text(String member) {
    return body.path(member).asText();
  }
}
