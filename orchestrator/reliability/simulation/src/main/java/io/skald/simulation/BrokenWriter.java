package io.skald.simulation;

import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.MessageWriter;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import io.skald.saga.message.WireHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Takes a step of which nobody knows whether it happened for one that did not: its compensation is
 * not sent, but answered as if there were nothing to undo. Or leaves the item out of the
 * idempotency key, or forwards to where nobody reads, or tells no child that its parent has ended.
 */
final class BrokenWriter implements MessageWriter {

  private final MessageWriter writer;
  private final Network network;
  private final Set<Mechanism> missing;

  BrokenWriter(MessageWriter writer, Network network, Set<Mechanism> missing) {
    this.writer = writer;
    this.network = network;
    this.missing = missing;
  }

  @Override
  public List<OutgoingMessage> messagesOf(SagaCore saga, int shard, Transition transition) {
    List<OutgoingMessage> messages = new ArrayList<>();
    for (OutgoingMessage message : writer.messagesOf(saga, shard, transition)) {
      if (missing.contains(Mechanism.UNKNOWN_COMPENSATED) && isSkipped(saga, message)) {
        network.lose(message);
        messages.add(nothingToUndo(message));
      } else if (missing.contains(Mechanism.CHILD_RELEASED)
          && "ReleaseSubSaga".equals(message.headers().get(WireHeaders.TYPE))) {
        network.lose(message);
      } else if (missing.contains(Mechanism.ITEM_IN_KEY)) {
        messages.add(withoutItem(message));
      } else {
        messages.add(message);
      }
    }
    return messages;
  }

  private static boolean isSkipped(SagaCore saga, OutgoingMessage message) {
    Map<String, String> headers = message.headers();
    return Phase.COMPENSATION.wireName().equals(headers.get(WireHeaders.PHASE))
        && saga.step(
                new StepName(
                    headers.getOrDefault(WireHeaders.STEP, ""),
                    headers.getOrDefault(WireHeaders.ITEM, "")))
            .filter(step -> step.action() instanceof PhaseState.Unknown)
            .isPresent();
  }

  private static OutgoingMessage withoutItem(OutgoingMessage message) {
    Map<String, String> headers = new LinkedHashMap<>(message.headers());
    String item = "/" + headers.getOrDefault(WireHeaders.ITEM, "") + "/";
    headers.computeIfPresent(WireHeaders.IDEMPOTENCY_KEY, (name, key) -> key.replace(item, "/"));
    return new OutgoingMessage(
        message.topic(), message.partition(), message.key(), headers, message.value());
  }

  private static OutgoingMessage nothingToUndo(OutgoingMessage command) {
    Map<String, String> headers = new LinkedHashMap<>(command.headers());
    headers.merge(WireHeaders.ID, "-skipped", String::concat);
    headers.put(WireHeaders.TYPE, "NothingCompensated");
    headers.put(WireHeaders.OUTCOME, Outcome.SUCCEEDED.wireName());
    int shard = Integer.parseInt(headers.getOrDefault(WireHeaders.SHARD, "0"));
    String topic = command.topic().replace("-commands", "-events");
    return new OutgoingMessage(
        topic, OptionalInt.of(shard), command.key(), headers, new byte[] {'{', '}'});
  }

  @Override
  public OutgoingMessage deadLetter(Envelope record, String because) {
    return writer.deadLetter(record, because);
  }

  @Override
  public OutgoingMessage forward(Envelope record, String sagaKey, int shard) {
    return maybeDropped(writer.forward(record, sagaKey, shard));
  }

  @Override
  public OutgoingMessage forwardStart(Envelope record, Reading.ForSaga start, int shard) {
    return maybeDropped(writer.forwardStart(record, start, shard));
  }

  private OutgoingMessage maybeDropped(OutgoingMessage forwarded) {
    return missing.contains(Mechanism.FORWARDED)
        ? new OutgoingMessage(
            Stories.NOWHERE,
            OptionalInt.empty(),
            forwarded.key(),
            forwarded.headers(),
            forwarded.value())
        : forwarded;
  }
}
