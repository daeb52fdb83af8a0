package io.skald.saga;

import io.skald.saga.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A definition as data: JSON for programs, a fingerprint to compare. */
final class DefinitionPrinter {

  private DefinitionPrinter() {}

  static String json(SagaDefinition<?> definition) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", definition.name());
    object.put("version", definition.version());
    object.put("dataType", definition.dataType().getSimpleName());
    object.put("fingerprint", definition.fingerprint());
    definition.deadline().ifPresent(deadline -> object.put("deadline", deadline));
    definition.exclusive().ifPresent(second -> object.put("exclusive", second.name()));
    object.put(
        "startedBy", definition.startEvents().stream().map(DefinitionPrinter::startEvent).toList());
    object.put("steps", parts(definition.story().parts(), true));
    return JsonText.of(object);
  }

  static String fingerprint(SagaDefinition<?> definition) {
    Map<String, Object> structure = new LinkedHashMap<>();
    structure.put("dataType", definition.dataType().getSimpleName());
    definition.exclusive().ifPresent(second -> structure.put("exclusive", second.name()));
    structure.put("steps", parts(definition.story().parts(), false));
    byte[] text = JsonText.of(structure).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static Map<String, Object> startEvent(StartEvent<?, ?> start) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("topic", start.topic().name());
    object.put("event", type(start.messageType()));
    return object;
  }

  private static List<Object> parts(List<? extends Part<?>> parts, boolean withPolicies) {
    List<Object> printed = new ArrayList<>();
    parts.forEach(part -> printed.add(part(part, withPolicies)));
    return printed;
  }

  private static Map<String, Object> part(Part<?> part, boolean withPolicies) {
    return switch (part) {
      case StepDefinition<?> step -> step(step, withPolicies);
      case Part.InOrder<?> block ->
          block("inOrder", block, "steps", parts(block.parts(), withPolicies));
      case Part.Parallel<?> block ->
          block("parallel", block, "branches", parts(block.branches(), withPolicies));
      case Part.When<?> block -> {
        Map<String, Object> object =
            block("when", block, "then", parts(block.then().parts(), withPolicies));
        object.put("otherwise", parts(block.otherwise().parts(), withPolicies));
        yield object;
      }
      case Part.ForEach<?, ?> block -> {
        Map<String, Object> object =
            block("forEach", block, "steps", parts(block.body().parts(), withPolicies));
        object.put("item", block.itemType().getSimpleName());
        if (withPolicies) {
          object.put("atOnce", block.atOnce());
        }
        yield object;
      }
      case Part.Await<?> block -> {
        Map<String, Object> object = block("await", block, "signal", type(block.signalType()));
        block.late().ifPresent(late -> object.put("late", parts(late.parts(), withPolicies)));
        if (withPolicies) {
          object.put("limit", block.limit());
        }
        yield object;
      }
      case Part.Pause<?> block ->
          block("pause", block, "time", withPolicies ? block.time() : "any");
    };
  }

  private static Map<String, Object> block(String kind, Part<?> block, String what, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("block", kind);
    block.nameIfAny().ifPresent(name -> object.put("name", name.value()));
    object.put(what, value);
    return object;
  }

  private static Map<String, Object> step(StepDefinition<?> step, boolean withPolicies) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", step.name().value());
    object.put("kind", step.kind().name());
    object.put("participant", step.participant().name());
    object.put("command", type(step.commandType()));
    object.put("reply", type(MessageType.of(step.replyType())));
    step.child().ifPresent(child -> object.put("subSaga", child(child)));
    if (withPolicies) {
      object.put("timeout", step.timeout());
      object.put("retry", retry(step.retry()));
    }
    step.compensation()
        .ifPresent(back -> object.put("compensation", compensation(back, withPolicies)));
    return object;
  }

  private static Map<String, Object> compensation(Compensation<?> back, boolean withPolicies) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("command", type(back.type()));
    object.put("commandWhenUnknown", type(back.typeWhenUnknown()));
    if (withPolicies) {
      object.put("timeout", back.timeout());
      object.put("retry", retry(back.retry()));
    }
    return object;
  }

  private static Map<String, Object> type(MessageType type) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", type.name());
    object.put("version", type.version());
    return object;
  }

  private static Map<String, Object> child(ChildSaga child) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("definition", child.definition());
    object.put("version", child.version());
    return object;
  }

  private static Map<String, Object> retry(Retry retry) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("initial", retry.initial());
    object.put("factor", retry.factor());
    object.put("jitter", retry.jitter());
    object.put("maxDelay", retry.maxDelay());
    retry.maxAttempts().ifPresent(attempts -> object.put("maxAttempts", attempts));
    retry.maxDuration().ifPresent(duration -> object.put("within", duration));
    if (!retry.finalCodes().isEmpty()) {
      object.put("stopOn", List.copyOf(new TreeSet<>(retry.finalCodes())));
    }
    return object;
  }

  /** JSON from maps, lists, numbers, durations and texts: all that a definition is made of. */
  private static final class JsonText {

    private final StringBuilder text = new StringBuilder();

    static String of(Object value) {
      JsonText json = new JsonText();
      json.value(value);
      return json.text.toString();
    }

    private void value(Object value) {
      switch (value) {
        case Map<?, ?> object -> object(object);
        case List<?> array -> array(array);
        case Number number -> text.append(number);
        case Duration duration -> string(duration.toString());
        case String string -> string(string);
        default ->
            throw new IllegalArgumentException(
                "Expected a value of a definition, but found " + value);
      }
    }

    private void object(Map<?, ?> object) {
      String separator = "";
      text.append('{');
      for (Map.Entry<?, ?> member : object.entrySet()) {
        text.append(separator);
        string((String) member.getKey());
        text.append(':');
        value(member.getValue());
        separator = ",";
      }
      text.append('}');
    }

    private void array(List<?> array) {
      String separator = "";
      text.append('[');
      for (Object element : array) {
        text.append(separator);
        value(element);
        separator = ",";
      }
      text.append(']');
    }

    private void string(String string) {
      text.append('"');
      for (int i = 0; i < string.length(); i++) {
        char c = string.charAt(i);
        if (c == '"' || c == '\\') {
          text.append('\\').append(c);
        } else if (c < ' ') {
          text.append(String.format("\\u%04x", (int) c));
        } else {
          text.append(c);
        }
      }
      text.append('"');
    }
  }
}
