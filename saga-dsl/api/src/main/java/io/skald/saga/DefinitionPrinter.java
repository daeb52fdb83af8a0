package io.skald.saga;

import io.skald.saga.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A definition as data: JSON for programs, Mermaid for people, a fingerprint to compare. */
final class DefinitionPrinter {

  private DefinitionPrinter() {}

  static String json(SagaDefinition<?> definition) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", definition.name());
    object.put("version", definition.version());
    object.put("dataType", definition.dataType().getSimpleName());
    object.put("fingerprint", definition.fingerprint());
    definition.deadline().ifPresent(deadline -> object.put("deadline", deadline));
    object.put(
        "startedBy", definition.startEvents().stream().map(DefinitionPrinter::startEvent).toList());
    object.put("steps", definition.steps().stream().map(step -> step(step, true)).toList());
    return JsonText.of(object);
  }

  static String fingerprint(SagaDefinition<?> definition) {
    Map<String, Object> structure = new LinkedHashMap<>();
    structure.put("dataType", definition.dataType().getSimpleName());
    structure.put("steps", definition.steps().stream().map(step -> step(step, false)).toList());
    byte[] text = JsonText.of(structure).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static String mermaid(SagaDefinition<?> definition) {
    StringBuilder chart = new StringBuilder("flowchart TD\n");
    chart.append("  start([\"").append(definition).append("\"])\n");
    String last = "start";
    String undo = "";
    for (StepDefinition<?> step : definition.steps()) {
      String node = node("step", step);
      chart.append("  ").append(node).append(mermaidShape(step)).append('\n');
      chart.append("  ").append(last).append(" --> ").append(node).append('\n');
      if (step.compensation().isPresent()) {
        String back = node("undo", step);
        chart
            .append("  ")
            .append(back)
            .append("[/\"")
            .append(step.compensation().get().type().name())
            .append("\"/]\n");
        chart.append("  ").append(node).append(" -.- ").append(back).append('\n');
        if (!undo.isEmpty()) {
          chart.append("  ").append(back).append(" -.-> ").append(undo).append('\n');
        }
        undo = back;
      }
      last = node;
    }
    return chart.append("  ").append(last).append(" --> completed([\"completed\"])\n").toString();
  }

  /**
   * Not the step's bare name, for {@code end} is a keyword of Mermaid; nor with a '-', for two of
   * them are a link. No step's name has a '_', so nodes stay apart.
   */
  private static String node(String role, StepDefinition<?> step) {
    return role + "_" + step.name().value().replace('-', '_');
  }

  private static String mermaidShape(StepDefinition<?> step) {
    String label =
        "\"" + step.name() + "<br/>" + step.participant() + ": " + step.commandType().name() + "\"";
    return switch (step.kind()) {
      case COMPENSATABLE -> "[" + label + "]";
      case PIVOT -> "{{" + label + "}}";
      case RETRIABLE -> "([" + label + "])";
    };
  }

  private static Map<String, Object> startEvent(StartEvent<?, ?> start) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("topic", start.topic().name());
    object.put("event", type(start.messageType()));
    return object;
  }

  private static Map<String, Object> step(StepDefinition<?> step, boolean withPolicies) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", step.name().value());
    object.put("kind", step.kind().name());
    object.put("participant", step.participant().name());
    object.put("command", type(step.commandType()));
    object.put("reply", type(MessageType.of(step.replyType())));
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
