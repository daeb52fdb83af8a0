package io.skald.orchestrator.versions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A piece of a definition's JSON as a person would say it. */
final class JsonWords {

  private JsonWords() {}

  static String of(JsonNode node) {
    if (node.isObject()) {
      return isMessage(node)
          ? node.path("name").asText() + " v" + node.path("version").asText()
          : members(node);
    }
    if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(of(element)));
      return "[" + String.join("; ", elements) + "]";
    }
    return node.asText();
  }

  /** A message's name and version. */
  static boolean isMessage(JsonNode node) {
    return node.size() == 2 && node.path("name").isTextual() && node.path("version").isInt();
  }

  private static String members(JsonNode node) {
    List<String> members = new ArrayList<>();
    node.properties()
        .forEach(
            member -> {
              if (!StructureDifferences.isPolicy(member.getKey())) {
                members.add(member.getKey() + " " + of(member.getValue()));
              }
            });
    return String.join(", ", members);
  }
}
