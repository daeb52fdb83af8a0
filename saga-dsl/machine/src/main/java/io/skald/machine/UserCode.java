package io.skald.machine;

import io.skald.saga.Compensation;
import io.skald.saga.Each;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.SubSagaCommand;
import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only place that calls the functions of a definition. Whatever they throw, and whatever they
 * give that can't be sent, comes out as a {@link Defect}.
 */
final class UserCode<D> {

  /** Beyond this a command is not sent: the limit of the wire contract. */
  static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  /** What a saga keeps of all replies; more would be too dear to write with each transition. */
  static final int MAX_REPLIES_CHARS = 4 * 1024 * 1024;

  /** More items would make a state that is too dear to write with each transition. */
  static final int MAX_ITEMS = 1_000;

  private final SagaDefinition<D> definition;
  private final PayloadCodec codec;

  UserCode(SagaDefinition<D> definition, PayloadCodec codec) {
    this.definition = definition;
    this.codec = codec;
  }

  record Payload(MessageType type, String json) {}

  Payload actionOf(StepDefinition<D> step, StepName name, SagaCore core) {
    return guarded(
        name,
        "Expected step '" + name + "' to make its command, but it threw",
        () -> payload(name, step.commandType(), step.command().apply(view(name, core))));
  }

  /**
   * @param reply the action's reply; empty when its outcome is unknown
   */
  Payload compensationOf(
      StepDefinition<D> step, StepName name, SagaCore core, Optional<String> reply) {
    Compensation<D> back = step.compensation().orElseThrow();
    return guarded(
        name,
        "Expected step '" + name + "' to make its compensation, but it threw",
        () -> {
          if (reply.isEmpty()) {
            return payload(
                name, back.typeWhenUnknown(), back.whenUnknown().apply(view(name, core)));
          }
          Object answer = codec.decode(reply.get(), step.replyType());
          return payload(name, back.type(), back.afterSuccess().apply(view(name, core), answer));
        });
  }

  /** Whether the condition of a {@code when} holds. */
  boolean holds(Part.When<?> when, StepName name, SagaCore core) {
    return guarded(
        name,
        "Expected '" + name + "' to look at the data, but it threw",
        () -> UserCode.<Predicate<Object>>erased(when.condition()).test(view(name, core)));
  }

  /** The items of a {@code forEach}, as they are now. */
  List<BlockState.Item> itemsOf(Part.ForEach<?, ?> forEach, SagaCore core) {
    StepName name = forEach.name();
    return guarded(
        name,
        "Expected '" + name + "' to give its items, but it threw",
        () -> {
          Collection<?> items =
              UserCode.<Function<Object, Collection<?>>>erased(forEach.items())
                  .apply(view(name, core));
          if (items == null) {
            throw new Defect(name, "Expected the items of '" + name + "', but found null");
          }
          if (items.size() > MAX_ITEMS) {
            throw new Defect(
                name,
                "Expected '"
                    + name
                    + "' to have at most "
                    + MAX_ITEMS
                    + " items, but found "
                    + items.size());
          }
          Map<String, BlockState.Item> byKey = new LinkedHashMap<>();
          long length = 0;
          for (Object item : items) {
            String key = UserCode.<Function<Object, String>>erased(forEach.key()).apply(item);
            if (key == null || !StepName.isValidItem(key)) {
              throw new Defect(
                  name,
                  "Expected the items of '"
                      + name
                      + "' to have keys of 1 to 100 characters, not blank, none of them '/' or"
                      + " control, but found '"
                      + key
                      + "'");
            }
            String json = SagaData.encode(codec, item);
            length += json.length();
            if (byKey.put(key, new BlockState.Item(key, json)) != null) {
              throw new Defect(
                  name,
                  "Expected the items of '"
                      + name
                      + "' to have different keys, but found '"
                      + key
                      + "' twice");
            }
          }
          if (length > MAX_PAYLOAD_BYTES) {
            throw new Defect(
                name,
                "Expected the items of '"
                    + name
                    + "' to be at most "
                    + MAX_PAYLOAD_BYTES
                    + " bytes together, but they are longer");
          }
          return List.copyOf(byKey.values());
        });
  }

  /** Why this can't be what an {@code await} waits for; empty when it can. */
  Optional<String> faultOf(Part.Await<?> await, String payload) {
    return faultOf(payload, () -> codec.decode(payload, await.signalClass()));
  }

  /** The data after the signal; empty when it leaves it as it was. */
  Optional<String> foldSignal(Part.Await<?> await, StepName name, SagaCore core, String payload) {
    return folded(
        name,
        "Expected '" + name + "' to fold its signal into the data, but it threw",
        core,
        view ->
            UserCode.<BiFunction<Object, Object, Object>>erased(await.onSignal())
                .apply(view, codec.decode(payload, await.signalClass())));
  }

  /** Why this can't be a saga's first data; empty when it can. */
  Optional<String> faultOf(String data) {
    return faultOf(data, () -> SagaData.decode(codec, data, definition.dataType()));
  }

  private static Optional<String> faultOf(String json, Supplier<?> read) {
    if (isTooLarge(json)) {
      return Optional.of("it is longer than " + MAX_PAYLOAD_BYTES + " bytes");
    }
    try {
      return read.get() == null ? Optional.of("it is null") : Optional.empty();
    } catch (Throwable thrown) {
      return Optional.of(String.valueOf(survivable(thrown).getMessage()));
    }
  }

  /** Whether a reply of this type answers the step, be it by way of upcasters. */
  boolean isAnswer(StepDefinition<D> step, MessageType type) {
    return isChildsEnd(step, type) || codec.canRead(type, MessageType.of(step.replyType()));
  }

  /** A child's data says its own version, so its answer is of no other type. */
  private static boolean isChildsEnd(StepDefinition<?> step, MessageType type) {
    return step.child().isPresent() && type.equals(ParentLink.ANSWER);
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
      reply =
          isChildsEnd(step, type)
              ? SagaData.decode(codec, payload, step.replyType())
              : codec.decode(payload, type, step.replyType());
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
  Optional<String> fold(StepDefinition<D> step, StepName name, SagaCore core, Object reply) {
    if (step.onReply().isEmpty()) {
      return Optional.empty();
    }
    return folded(
        name,
        "Expected step '" + name + "' to fold its reply into the data, but it threw",
        core,
        view -> step.onReply().get().apply(view, reply));
  }

  private Optional<String> folded(
      StepName name, String message, SagaCore core, Function<D, Object> fold) {
    return guarded(
        name,
        message,
        () -> {
          Object folded = fold.apply(view(name, core));
          Object data =
              folded instanceof Each<?, ?> each && isInForEach(name) ? each.data() : folded;
          if (data == null) {
            throw new Defect(name, "Expected new data from a fold, but found null");
          }
          String json = SagaData.encode(codec, data);
          checkSize(name, "the saga's data", json);
          return json.equals(core.data()) ? Optional.<String>empty() : Optional.of(json);
        });
  }

  /** The reply as the codec writes it: what the state keeps and a compensation is made from. */
  String encodeReply(StepDefinition<D> step, SagaCore core, Object reply) {
    return guarded(
        step.name(),
        "Expected the reply to step '" + step.name() + "' to be writable, but it threw",
        () -> {
          String json = codec.encode(reply);
          long length = json.length();
          for (StepState other : core.steps()) {
            if (other.action() instanceof PhaseState.Succeeded succeeded) {
              length += succeeded.reply().length();
            }
          }
          if (length > MAX_REPLIES_CHARS) {
            throw new Defect(
                step.name(),
                "Expected all replies of a saga to be at most "
                    + MAX_REPLIES_CHARS
                    + " characters together, but with that of step '"
                    + step.name()
                    + "' they are longer");
          }
          return json;
        });
  }

  /**
   * What the functions of this step or block see: the data, or in a {@code forEach} the data and
   * the item. That is what the builder's types have tied the functions to, so the cast holds.
   */
  @SuppressWarnings("unchecked")
  private D view(StepName name, SagaCore core) {
    D data = SagaData.decode(codec, core.data(), definition.dataType());
    if (!isInForEach(name)) {
      return data;
    }
    Part.ForEach<?, ?> forEach = definition.forEachAround(name).orElseThrow();
    String item = itemOf(forEach, name, core);
    return (D) new Each<>(data, SagaData.decode(codec, item, forEach.itemType()));
  }

  private static String itemOf(Part.ForEach<?, ?> forEach, StepName name, SagaCore core) {
    if (core.block(forEach.name()).orElse(null) instanceof BlockState.Items taken) {
      for (BlockState.Item item : taken.items()) {
        if (item.key().equals(name.item())) {
          return item.json();
        }
      }
    }
    throw new Defect(name, "Expected '" + name + "' to be one of the items of " + forEach.name());
  }

  private boolean isInForEach(StepName name) {
    return !name.item().isEmpty();
  }

  /** Functions of a part whose types the builder has checked. */
  @SuppressWarnings("unchecked")
  private static <F> F erased(Object function) {
    return (F) function;
  }

  private Payload payload(StepName step, MessageType expected, @Nullable Command<?> command) {
    if (command == null) {
      throw new Defect(step, "Expected a " + expected + " to send, but found null");
    }
    MessageType found = MessageType.of(command.getClass());
    if (!found.equals(expected)) {
      throw new Defect(step, "Expected a " + expected + " to send, but found a " + found);
    }
    String json =
        command instanceof SubSagaCommand child
            ? SagaData.encode(codec, child.data())
            : codec.encode(command);
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
