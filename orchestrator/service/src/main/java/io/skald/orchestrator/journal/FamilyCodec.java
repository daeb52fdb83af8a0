package io.skald.orchestrator.journal;

import static io.skald.orchestrator.journal.ExactJson.constant;
import static io.skald.orchestrator.journal.ExactJson.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.skald.machine.ParentLink;
import io.skald.saga.ChildSaga;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.io.IOException;
import java.util.Optional;

/** Whose child a saga is, and which saga a step runs; nothing where there is neither. */
final class FamilyCodec {

  private static final String PARENT = "parent";
  private static final String CHILD = "child";

  private FamilyCodec() {}

  static void parent(JsonGenerator json, Optional<ParentLink> parent) throws IOException {
    if (parent.isEmpty()) {
      return;
    }
    ParentLink link = parent.get();
    json.writeObjectFieldStart(PARENT);
    json.writeStringField("id", link.saga().toString());
    json.writeStringField("key", link.key());
    json.writeStringField("step", link.step().toString());
    json.writeBooleanField("held", link.held());
    json.writeStringField("phase", link.phase().name());
    json.writeNumberField("attempt", link.attempt());
    json.writeEndObject();
  }

  static Optional<ParentLink> parent(JsonNode object) {
    return Optional.ofNullable(object.get(PARENT))
        .map(
            link ->
                new ParentLink(
                    SagaId.parse(text(link, "id")).orElseThrow(),
                    text(link, "key"),
                    StepName.parse(text(link, "step")),
                    link.required("held").booleanValue(),
                    constant(link, "phase", Phase.class),
                    link.required("attempt").intValue()));
  }

  static void child(JsonGenerator json, Optional<ChildSaga> child) throws IOException {
    if (child.isPresent()) {
      json.writeObjectFieldStart(CHILD);
      json.writeStringField("definition", child.get().definition());
      json.writeNumberField("version", child.get().version());
      json.writeEndObject();
    }
  }

  static Optional<ChildSaga> child(JsonNode object) {
    return Optional.ofNullable(object.get(CHILD))
        .map(
            child ->
                new ChildSaga(text(child, "definition"), child.required("version").intValue()));
  }
}
