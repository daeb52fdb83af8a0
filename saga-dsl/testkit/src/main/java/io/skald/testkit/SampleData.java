package io.skald.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/** The first data of a saga, made from its class. */
final class SampleData {

  private SampleData() {}

  /** What need not be there, {@code Optional} or {@code @Nullable}, is not: replies bring it. */
  static <D> D of(SagaDefinition<D> definition, PayloadCodec codec) {
    Class<D> type = definition.dataType();
    try {
      JsonNode data = Samples.of(type, definition.name());
      if (type.isRecord() && data instanceof ObjectNode members) {
        Arrays.stream(type.getRecordComponents())
            .filter(SampleData::mayBeMissing)
            .forEach(member -> members.putNull(member.getName()));
      }
      return codec.decode(data.toString(), type);
    } catch (UnreadablePayloadException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "Expected to make sample data for "
              + definition
              + ", but "
              + unusable.getMessage()
              + "; say what it starts with: FailureMatrix.of(definition, data)",
          unusable);
    }
  }

  private static boolean mayBeMissing(RecordComponent member) {
    return member.getType() == Optional.class
        || Arrays.stream(member.getAnnotatedType().getAnnotations())
            .map(Annotation::annotationType)
            .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
  }
}
