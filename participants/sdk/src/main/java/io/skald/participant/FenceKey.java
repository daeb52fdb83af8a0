package io.skald.participant;

import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Comparator;
import java.util.UUID;

/**
 * What a fence row is about.
 *
 * @param item which of a step's items; always empty as long as a step has but one
 */
public record FenceKey(SagaId saga, StepName step, String item) implements Comparable<FenceKey> {

  private static final Comparator<FenceKey> ORDER =
      Comparator.<FenceKey, UUID>comparing(key -> key.saga().value())
          .thenComparing(key -> key.step().value())
          .thenComparing(FenceKey::item);

  @Override
  public int compareTo(FenceKey other) {
    return ORDER.compare(this, other);
  }
}
