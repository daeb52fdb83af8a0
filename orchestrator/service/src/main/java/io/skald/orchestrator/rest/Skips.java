package io.skald.orchestrator.rest;

import io.skald.machine.SagaState;
import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Checks what is asked when a step is to be taken for done, before a lane is troubled with it. */
@Singleton
class Skips {

  private final Definitions definitions;
  private final PayloadCodec codec;

  Skips(Definitions definitions, PayloadCodec codec) {
    this.definitions = definitions;
    this.codec = codec;
  }

  /**
   * What is to be taken for done.
   *
   * @param reply as JSON text; {@code null} as text for a compensation
   */
  record Skip(StepName step, Phase phase, String reply) {}

  /**
   * @throws ApiProblem when the definition has no such step, or the reply can't stand for its
   *     participant's
   */
  Skip of(SagaState saga, String step, SkipRequest request) {
    Phase phase = request.phase().orElseGet(() -> phaseOf(saga));
    Optional<SagaDefinition<?>> definition =
        definitions.of(saga.core().definition(), saga.core().version());
    StepName name = PartNames.required(definition, step, StepDefinition.class, "a step");
    if (phase == Phase.ACTION) {
      definition.flatMap(d -> d.step(name)).ifPresent(known -> requireReply(known, request));
      return new Skip(name, phase, request.reply().orElse("null"));
    }
    return new Skip(name, phase, "null");
  }

  private void requireReply(StepDefinition<?> step, SkipRequest request) {
    MessageType type = MessageType.of(step.replyType());
    String reply =
        request
            .reply()
            .orElseThrow(
                () ->
                    ApiProblem.invalid(
                        "Expected a body with a \"reply\": the "
                            + type
                            + " that "
                            + step.participant().name()
                            + " would have answered to step '"
                            + step.name()
                            + "', but found none"));
    try {
      codec.decode(reply, step.replyType());
    } catch (UnreadablePayloadException unreadable) {
      throw Shape.problem("\"reply\" to be a " + type, unreadable);
    }
  }

  private static Phase phaseOf(SagaState saga) {
    return switch (saga) {
      case SagaState.Active active -> active.phase();
      case SagaState.Parked parked -> parked.interrupted().phase();
      case SagaState.Queued queued -> Phase.ACTION;
      case SagaState.Held held -> Phase.ACTION;
      case SagaState.Terminal ended -> Phase.ACTION;
    };
  }
}
