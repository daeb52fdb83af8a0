package io.skald.participant;

import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.Comparator;
import java.util.UUID;

/** What a fence row is about. */
public record FenceKey(SagaId saga, StepName step) implements Comparable<FenceKey> {

  private static final Comparator<FenceKey> ORDER =
      Comparator.<FenceKey, UUID>comparing(key -> key.saga().value())
          .thenComparing(key -> key.step().value())
          .thenComparing(key -> key.step().item());

  @Override
  public int compareTo(FenceKey other) {
    return ORDER.compare(this, other);
  }
}
