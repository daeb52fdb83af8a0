package io.skald.checker.real;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.checker.DefinitionShape;
import io.skald.checker.PartShape;
import io.skald.checker.StepShape;
import io.skald.checker.wire.Layout;
import io.skald.checker.wire.Layout.Start;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A definition as the orchestrator has registered it.
 *
 * @param starts the events that start its sagas
 */
record Deployed(DefinitionShape shape, List<Start> starts) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Deployed> read(Connection connection) throws SQLException {
    return Query.list(
        connection,
        "select structure from definition order by name, version",
        row -> of(row.getString("structure")));
  }

  static Deployed of(String structure) {
    try {
      JsonNode definition = JSON.readTree(structure);
      List<Start> starts = new ArrayList<>();
      definition.get("startedBy").forEach(start -> starts.add(start(start)));
      return new Deployed(
          new DefinitionShape(
              definition.get("name").asText(),
              definition.get("version").asInt(),
              parts(definition, "steps")),
          starts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a definition's structure, but found other text", e);
    }
  }

  static Layout layout(List<Deployed> definitions, int shards) {
    Set<Participant> participants = new HashSet<>();
    Set<Start> starts = new HashSet<>();
    for (Deployed definition : definitions) {
      definition.shape.steps().forEach(step -> participants.add(step.participant()));
      starts.addAll(definition.starts);
    }
    return new Layout(participants, starts, shards);
  }

  private static List<PartShape> parts(JsonNode of, String name) {
    List<PartShape> parts = new ArrayList<>();
    of.get(name).forEach(part -> parts.add(part(part)));
    return parts;
  }

  private static PartShape part(JsonNode part) {
    if (!part.has("block")) {
      return step(part);
    }
    return switch (part.get("block").asText()) {
      case "inOrder" -> inOrder(part, "steps");
      case "parallel" -> new PartShape.Parallel(name(part), parts(part, "branches"));
      case "when" ->
          new PartShape.When(name(part), inOrder(part, "then"), inOrder(part, "otherwise"));
      case "forEach" ->
          new PartShape.ForEach(name(part), part.get("atOnce").asInt(), inOrder(part, "steps"));
      case "await" ->
          new PartShape.Await(
              name(part), part.has("late") ? Optional.of(inOrder(part, "late")) : Optional.empty());
      case "pause" -> new PartShape.Pause(name(part));
      default -> throw new IllegalStateException("Expected a known block, but found " + part);
    };
  }

  private static PartShape.InOrder inOrder(JsonNode block, String name) {
    return new PartShape.InOrder(parts(block, name));
  }

  private static StepName name(JsonNode part) {
    return new StepName(part.get("name").asText());
  }

  private static StepShape step(JsonNode step) {
    return new StepShape(
        name(step),
        StepKind.valueOf(step.get("kind").asText()),
        new Participant(step.get("participant").asText()),
        step.has("compensation"));
  }

  private static Start start(JsonNode start) {
    JsonNode event = start.get("event");
    return new Start(
        new Topic(start.get("topic").asText()),
        new MessageType(event.get("name").asText(), event.get("version").asInt()));
  }
}
