package io.skald.testkit;

import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is signalled when a saga waits at an await; an await of which nothing is said waits in vain.
 */
final class SampleSignals {

  private final Map<StepName, String> payloads;

  private SampleSignals(Map<StepName, String> payloads) {
    this.payloads = Map.copyOf(payloads);
  }

  static SampleSignals none() {
    return new SampleSignals(Map.of());
  }

  SampleSignals with(
      SagaDefinition<?> definition, PayloadCodec codec, String await, Object signal) {
    StepName name = StepName.parse(await);
    if (!(definition.part(name).orElse(null) instanceof Part.Await<?> awaiting)
        || !awaiting.signalClass().isInstance(signal)) {
      throw new IllegalArgumentException(
          "Expected a signal that "
              + definition
              + " awaits, but found '"
              + await
              + "' with a "
              + signal.getClass().getSimpleName());
    }
    Map<StepName, String> all = new HashMap<>(payloads);
    all.put(name, codec.encode(signal));
    return new SampleSignals(all);
  }

  /** The signal's JSON; what is said of one item goes before what is said of all. */
  Optional<String> payloadFor(StepName await) {
    return Optional.ofNullable(payloads.get(await))
        .or(() -> Optional.ofNullable(payloads.get(await.inDefinition())));
  }
}
