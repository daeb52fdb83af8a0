package io.skald.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.saga.InvalidDefinitionException;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Upcaster;
import io.skald.saga.message.UpcastingCodec;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What the application's beans make possible: every definition that is a bean is run. */
final class Beans {

  /** Whatever keeps one of them from being made is told at start, together with all else. */
  @Produces
  @Singleton
  Definitions definitions(@All List<InstanceHandle<SagaDefinition<?>>> beans) {
    List<SagaDefinition<?>> definitions = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (InstanceHandle<SagaDefinition<?>> bean : beans) {
      try {
        definitions.add(bean.get());
      } catch (InvalidDefinitionException invalid) {
        faults.addAll(invalid.faults());
      }
    }
    return Definitions.withFaults(definitions, faults);
  }

  @Produces
  @Singleton
  PayloadCodec payloadCodec(ObjectMapper application, @All List<Upcaster> upcasters) {
    return new UpcastingCodec(new JacksonPayloadCodec(application), upcasters);
  }
}
