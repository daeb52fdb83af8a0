package io.skald.participant;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes answers and the replies that are recorded of them. */
final class Answers {

  private final PayloadCodec codec;
  private final int maxPayloadBytes;

  Answers(PayloadCodec codec, int maxPayloadBytes) {
    this.codec = codec;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /** What a handler returned, as it will be recorded and published. */
  RecordedReply reply(Delivery<?, ?> delivery, @Nullable Object reply) {
    if (reply == null) {
      throw new IllegalStateException(
          "Expected the handler of '"
              + delivery.messageType()
              + "' to return a reply, but found null");
    }
    RecordedReply recorded =
        new RecordedReply(MessageType.of(reply.getClass()), codec.encode(reply));
    // A char is at most three bytes; they are only counted near the limit.
    if (recorded.payload().length() * 3L > maxPayloadBytes
        && recorded.payload().getBytes(StandardCharsets.UTF_8).length > maxPayloadBytes) {
      throw new TransientFailure(
          "REPLY_TOO_LARGE",
          "Expected the reply to '"
              + delivery.messageType()
              + "' to have at most "
              + maxPayloadBytes
              + " bytes, but it has more");
    }
    return recorded;
  }

  /** A refusal as it will be recorded and published: {@code <CommandName>Rejected}. */
  RecordedReply refusal(Delivery<?, ?> delivery, Problem problem) {
    return new RecordedReply(typeOf(delivery, "Rejected"), codec.encode(problem));
  }

  Answer succeeded(RecordedReply reply, boolean repeated) {
    return new Answer(Outcome.SUCCEEDED, reply.type(), reply.payload(), Optional.empty(), repeated);
  }

  Answer rejected(RecordedReply refusal, boolean repeated) {
    return new Answer(
        Outcome.REJECTED,
        refusal.type(),
        refusal.payload(),
        Optional.of(codec.decode(refusal.payload(), Problem.class)),
        repeated);
  }

  Answer failed(Delivery<?, ?> delivery, Throwable failure) {
    Problem problem = Problem.ofFailure(failure);
    return new Answer(
        Outcome.FAILED,
        typeOf(delivery, "Failed"),
        codec.encode(problem),
        Optional.of(problem),
        false);
  }

  /** An action that comes after its compensation. */
  Answer refusedBy(FenceState state, Delivery<?, ?> delivery) {
    String message =
        state == FenceState.TOMBSTONED
            ? "The compensation of this step came before its action"
            : "This step has been compensated";
    return rejected(refusal(delivery, new Problem(state.name(), message)), true);
  }

  /** A compensation of an action that was never done here. */
  Answer nothingToUndo(FenceState state, boolean repeated) {
    return new Answer(
        Outcome.SUCCEEDED,
        MessageType.of(NothingCompensated.class),
        codec.encode(new NothingCompensated(state.name())),
        Optional.empty(),
        repeated);
  }

  private static MessageType typeOf(Delivery<?, ?> delivery, String suffix) {
    String name = delivery.messageType().name();
    // Names have a limit, and a command's may be at it.
    return new MessageType(name.substring(0, Math.min(name.length(), 110)) + suffix, 1);
  }
}
