package io.skald.orchestrator.versions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In what two structures of a definition differ, told step by step. Steps are compared by their
 * names, wherever they stand: whatever is a list of named objects is taken for steps, so blocks of
 * steps within steps are compared in the same way. What is nothing of that kind is told by its
 * path. Policies, such as a timeout, are no part of a structure.
 */
public final class StructureDifferences {

  /** What may change without a new version: it is not part of the structure. */
  private static final Set<String> POLICIES =
      Set.of("timeout", "retry", "deadline", "fingerprint", "startedBy", "time", "limit", "atOnce");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NAME = "name";
  private static final String BLOCK = "block";

  private final List<Difference> found = new ArrayList<>();

  private StructureDifferences() {}

  /**
   * The differences, in the order of the steps; empty when there are none.
   *
   * @param before a definition's JSON as it was stored
   * @param now its JSON as it is
   * @throws IllegalArgumentException when either is no JSON
   */
  public static List<Difference> between(String before, String now) {
    StructureDifferences differences = new StructureDifferences();
    differences.compare(Place.WHOLE, read(before), read(now));
    return List.copyOf(differences.found);
  }

  /**
   * The differences between two structures of which the fingerprints say that they differ: never
   * empty.
   */
  public static List<Difference> explained(String before, String now) {
    List<Difference> found = between(before, now);
    return found.isEmpty()
        ? List.of(
            new Difference(
                Set.of(),
                "the fingerprints differ, but nothing that a definition's JSON shows: it was stored"
                    + " by another version of Skald"))
        : found;
  }

  /** The names of all steps, in order; those within a block behind the block's. */
  static List<String> stepNames(String structure) {
    List<String> names = new ArrayList<>();
    read(structure).forEach(member -> addStepNames(member, names));
    return names;
  }

  private static void addStepNames(JsonNode node, List<String> names) {
    boolean steps = node.isArray() && isNamed(node);
    for (JsonNode element : node) {
      if (steps && element.has(NAME)) {
        names.add(element.path(NAME).asText());
      }
      addStepNames(element, names);
    }
  }

  private static JsonNode read(String structure) {
    try {
      return MAPPER.readTree(structure);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Expected a definition's structure as JSON, but " + e.getOriginalMessage(), e);
    }
  }

  private void compare(Place place, JsonNode was, JsonNode is) {
    if (was.equals(is)) {
      return;
    }
    if (was.isArray() && is.isArray()) {
      compareLists(place, was, is);
    } else if (was.isObject()
        && is.isObject()
        && !JsonWords.isMessage(was)
        && !JsonWords.isMessage(is)) {
      Set<String> members = new LinkedHashSet<>();
      was.fieldNames().forEachRemaining(members::add);
      is.fieldNames().forEachRemaining(members::add);
      members.removeIf(StructureDifferences::isPolicy);
      for (String member : members) {
        compare(place.member(member), was.path(member), is.path(member));
      }
    } else if (was.isMissingNode()) {
      tell(place, " is new: " + JsonWords.of(is));
    } else if (is.isMissingNode()) {
      tell(place, " is gone; it was " + JsonWords.of(was));
    } else {
      tell(place, " was " + JsonWords.of(was) + " and is " + JsonWords.of(is));
    }
  }

  private void compareLists(Place place, JsonNode was, JsonNode is) {
    if (isNamed(was) && isNamed(is)) {
      compareSteps(place, byName(was), byName(is));
      return;
    }
    for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
      compare(place.element(i + 1), element(was, i), element(is, i));
    }
  }

  private void compareSteps(Place place, Map<String, JsonNode> was, Map<String, JsonNode> is) {
    for (String step : was.keySet()) {
      if (!is.containsKey(step)) {
        found.add(new Difference(Set.of(step), place.step(step) + " is gone"));
      }
    }
    StepOrder order = new StepOrder(List.copyOf(was.keySet()), List.copyOf(is.keySet()));
    is.forEach(
        (step, node) -> {
          if (was.containsKey(step)) {
            compare(place.step(step), was.get(step), node);
          } else {
            found.add(new Difference(Set.of(step), place.step(step) + order.added(step)));
          }
        });
    order.moves(place::step).forEach(found::add);
  }

  private void tell(Place place, String what) {
    found.add(new Difference(place.steps(), place + what));
  }

  private static JsonNode element(JsonNode list, int index) {
    return index < list.size() ? list.get(index) : MissingNode.getInstance();
  }

  static boolean isPolicy(String member) {
    return POLICIES.contains(member);
  }

  private static boolean isNamed(JsonNode list) {
    for (JsonNode element : list) {
      if (!element.path(NAME).isTextual() && !element.path(BLOCK).isTextual()) {
        return false;
      }
    }
    return byName(list).size() == list.size();
  }

  /** A block may go without a name; then it is called by its kind, and counted. */
  private static Map<String, JsonNode> byName(JsonNode list) {
    Map<String, JsonNode> steps = new LinkedHashMap<>();
    for (JsonNode step : list) {
      String kind = "unnamed " + step.path(BLOCK).asText();
      String name = step.path(NAME).asText(kind);
      for (int i = 2; name.startsWith(kind) && steps.containsKey(name); i++) {
        name = kind + " " + i;
      }
      steps.put(name, step);
    }
    return steps;
  }
}
