package io.skald.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.PayloadCodec;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What the application's beans make possible: every definition that is a bean is run. */
final class Beans {

  @Produces
  @Singleton
  Definitions definitions(@All List<SagaDefinition<?>> definitions) {
    return new Definitions(definitions);
  }

  @Produces
  @Singleton
  PayloadCodec payloadCodec(ObjectMapper application) {
    return new JacksonPayloadCodec(application);
  }
}
