package io.skald.machine;

import io.skald.saga.Compensation;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only place that calls the functions of a definition. Whatever they throw, and whatever they
 * give that can't be sent, comes out as a {@link Defect}.
 */
final class UserCode<D> {

  /** Beyond this a command is not sent: the limit of the wire contract. */
  static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  private final SagaDefinition<D> definition;
  private final PayloadCodec codec;

  UserCode(SagaDefinition<D> definition, PayloadCodec codec) {
    this.definition = definition;
    this.codec = codec;
  }

  record Payload(MessageType type, String json) {}

  Payload actionOf(StepDefinition<D> step, String data) {
    return guarded(
        step.name(),
        "Expected step '" + step.name() + "' to make its command, but it threw",
        () -> payload(step.name(), step.commandType(), step.command().apply(data(data))));
  }

  /**
   * @param reply the action's reply; empty when its outcome is unknown
   */
  Payload compensationOf(StepDefinition<D> step, String data, Optional<String> reply) {
    Compensation<D> back = step.compensation().orElseThrow();
    return guarded(
        step.name(),
        "Expected step '" + step.name() + "' to make its compensation, but it threw",
        () -> {
          if (reply.isEmpty()) {
            return payload(
                step.name(), back.typeWhenUnknown(), back.whenUnknown().apply(data(data)));
          }
          Object answer = codec.decode(reply.get(), step.replyType());
          return payload(step.name(), back.type(), back.afterSuccess().apply(data(data), answer));
        });
  }

  /** Why this can't be a saga's first data; empty when it can. */
  Optional<String> faultOf(String data) {
    if (isTooLarge(data)) {
      return Optional.of("it is longer than " + MAX_PAYLOAD_BYTES + " bytes");
    }
    try {
      return data(data) == null ? Optional.of("it is null") : Optional.empty();
    } catch (Throwable thrown) {
      return Optional.of(String.valueOf(survivable(thrown).getMessage()));
    }
  }

  /** Whether a reply of this type answers the step, be it by way of upcasters. */
  boolean isAnswer(StepDefinition<D> step, MessageType type) {
    return codec.canRead(type, MessageType.of(step.replyType()));
  }

  /**
   * What a participant answered.
   *
   * @param type what the reply says that it is
   * @throws UnreadablePayloadException when the payload is not such a reply
   */
  Object decodeReply(StepDefinition<D> step, MessageType type, String payload) {
    Object reply;
    try {
      reply = codec.decode(payload, type, step.replyType());
    } catch (UnreadablePayloadException unreadable) {
      throw unreadable;
    } catch (Throwable thrown) {
      throw new Defect(
          step.name(),
          "Expected the reply to step '" + step.name() + "' to be readable, but it threw",
          survivable(thrown));
    }
    if (reply == null) {
      throw new UnreadablePayloadException(
          "found null", new NullPointerException(step.replyType().getName()));
    }
    return reply;
  }

  /** The data after the reply; empty when the step leaves it as it was. */
  Optional<String> fold(StepDefinition<D> step, String data, Object reply) {
    if (step.onReply().isEmpty()) {
      return Optional.empty();
    }
    return guarded(
        step.name(),
        "Expected step '" + step.name() + "' to fold its reply into the data, but it threw",
        () -> {
          D folded = step.onReply().get().apply(data(data), reply);
          if (folded == null) {
            throw new Defect(step.name(), "Expected new data from onReply, but found null");
          }
          String json = SagaData.encode(codec, folded);
          checkSize(step.name(), "the saga's data", json);
          return json.equals(data) ? Optional.<String>empty() : Optional.of(json);
        });
  }

  /** The reply as the codec writes it: what the state keeps and a compensation is made from. */
  String encodeReply(StepDefinition<D> step, Object reply) {
    return guarded(
        step.name(),
        "Expected the reply to step '" + step.name() + "' to be writable, but it threw",
        () -> codec.encode(reply));
  }

  private D data(String json) {
    return SagaData.decode(codec, json, definition.dataType());
  }

  private Payload payload(StepName step, MessageType expected, @Nullable Command<?> command) {
    if (command == null) {
      throw new Defect(step, "Expected a " + expected + " to send, but found null");
    }
    MessageType found = MessageType.of(command.getClass());
    if (!found.equals(expected)) {
      throw new Defect(step, "Expected a " + expected + " to send, but found a " + found);
    }
    String json = codec.encode(command);
    checkSize(step, "command " + expected, json);
    return new Payload(expected, json);
  }

  private static void checkSize(StepName step, String what, String json) {
    if (isTooLarge(json)) {
      throw new Defect(
          step,
          "Expected " + what + " to be at most " + MAX_PAYLOAD_BYTES + " bytes, but it is longer");
    }
  }

  /** A char takes at most 3 bytes in UTF-8, so most payloads need no counting. */
  private static boolean isTooLarge(String json) {
    return json.length() > MAX_PAYLOAD_BYTES / 3
        && json.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD_BYTES;
  }

  /** An exhausted machine is nobody's defect; everything else is the function's. */
  private static Throwable survivable(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
      throw fatal;
    }
    return thrown;
  }

  private static <T> T guarded(StepName step, String message, Supplier<T> function) {
    try {
      return function.get();
    } catch (Defect defect) {
      throw defect;
    } catch (Throwable thrown) {
      throw new Defect(step, message, survivable(thrown));
    }
  }
}
