package io.skald.simulation;

import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.MessageSink.Receipt;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.saga.message.WireHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A process's way to Kafka: what is sent to one partition arrives in order, after a while, and is
 * acknowledged in order. On the way it may be lost, doubled or held up, and its acknowledgement
 * too.
 */
final class Producer {

  private record Held(OutgoingMessage message, Receipt receipt) {}

  private final Network network;
  private final Timeline timeline;
  private final Faults faults;
  private final Chance latency;
  private final Corruption corruption;

  /** Brings acknowledgements to the process, when it is there to hear them. */
  private final Consumer<Runnable> process;

  private final Map<InputPartition, Deque<Held>> waiting = new LinkedHashMap<>();
  private final Map<InputPartition, Long> latest = new HashMap<>();
  private final Map<InputPartition, Long> latestReceipt = new HashMap<>();
  private boolean dead;

  Producer(World world, Consumer<Runnable> process) {
    this.network = world.network();
    this.timeline = world.timeline();
    this.faults = world.faults();
    this.latency = world.latency();
    this.corruption = world.corruption();
    this.process = process;
  }

  void send(OutgoingMessage message, Receipt receipt) {
    if (dead) {
      return;
    }
    InputPartition at = network.placeOf(message);
    waiting.computeIfAbsent(at, none -> new ArrayDeque<>()).add(new Held(message, receipt));
    long wait = latency.spread(Duration.ofNanos(300_000), Duration.ofMillis(10));
    if (faults.strikes(Fault.RECORD_LATE)) {
      wait = faults.chance(Fault.RECORD_LATE).spread(Duration.ofMillis(100), Duration.ofMinutes(2));
    }
    long arrival = Math.max(timeline.now() + wait, latest.getOrDefault(at, 0L));
    latest.put(at, arrival);
    timeline.at(arrival, () -> arrive(at));
  }

  /** Hands over and waits: it has arrived when this returns. */
  void sendNow(OutgoingMessage message) {
    travel(message);
  }

  /** What has not arrived yet may still do so, or never; nobody will be told. */
  void startOver() {
    for (Deque<Held> queue : waiting.values()) {
      int arrived = latency.below(queue.size() + 1);
      for (int i = 0; i < arrived && !network.isAway(); i++) {
        network.append(queue.remove().message());
      }
    }
    waiting.clear();
  }

  void die() {
    startOver();
    dead = true;
  }

  /** Sends at once what waits, as a process does that ends in order. */
  void flush() {
    for (Deque<Held> queue : waiting.values()) {
      for (Held held : queue) {
        network.append(held.message());
        held.receipt().acknowledged();
      }
    }
    waiting.clear();
  }

  boolean isIdle() {
    return waiting.values().stream().allMatch(Deque::isEmpty);
  }

  private void arrive(InputPartition at) {
    if (network.isAway()) {
      network.whenBack(() -> arrive(at));
      return;
    }
    Deque<Held> queue = waiting.get(at);
    if (queue == null || queue.isEmpty()) {
      return;
    }
    Held held = queue.remove();
    if (faults.strikes(Fault.SEND_FAILED)) {
      fail(held, "not sent");
      return;
    }
    travel(held.message());
    if (faults.strikes(Fault.SEND_UNACKNOWLEDGED)) {
      fail(held, "sent, but not acknowledged");
    } else {
      long wait = latency.spread(Duration.ofNanos(100_000), Duration.ofMillis(3));
      long heard = Math.max(timeline.now() + wait, latestReceipt.getOrDefault(at, 0L));
      latestReceipt.put(at, heard);
      timeline.at(heard, () -> tell(() -> held.receipt().acknowledged()));
    }
  }

  private void fail(Held held, String because) {
    tell(() -> held.receipt().failed(new IllegalStateException(because)));
  }

  private void tell(Runnable receipt) {
    if (!dead) {
      process.accept(receipt);
    }
  }

  private void travel(OutgoingMessage message) {
    String type = message.headers().getOrDefault(WireHeaders.TYPE, "");
    boolean command =
        message.topic().endsWith("-commands")
            || type.equals("StartSubSaga")
            || type.equals("UndoSubSaga");
    boolean reply = message.headers().containsKey(WireHeaders.OUTCOME);
    if (command && faults.strikes(Fault.COMMAND_LOST)) {
      network.lose(message);
      // It may have been overtaken only. Not so on the request topic, whose one writer keeps order.
      if (!message.topic().equals(Stories.REQUESTS) && faults.chance(Fault.COMMAND_LOST).oneIn(2)) {
        again(message, Fault.COMMAND_LOST);
      }
      return;
    }
    if (reply && faults.strikes(Fault.REPLY_LOST)) {
      network.lose(message);
      return;
    }
    boolean participants = reply && !message.topic().equals(Stories.REQUESTS);
    OutgoingMessage arriving =
        participants && faults.strikes(Fault.PARTITIONER_OF_ANOTHER_CLIENT)
            ? elsewhere(message)
            : message;
    network.append(arriving);
    if ((command || reply) && faults.strikes(Fault.RECORD_TWICE)) {
      again(arriving, Fault.RECORD_TWICE);
    }
    if ((command || reply) && faults.strikes(Fault.RECORD_CORRUPT)) {
      again(corruption.of(message), Fault.RECORD_CORRUPT);
    }
  }

  private void again(OutgoingMessage message, Fault fault) {
    long wait = faults.chance(fault).spread(Duration.ofMillis(1), Duration.ofMinutes(1));
    timeline.after(wait, () -> network.whenBack(() -> network.append(message)));
  }

  private OutgoingMessage elsewhere(OutgoingMessage message) {
    int partitions = network.broker().partitionsOf(message.topic());
    int partition = faults.chance(Fault.PARTITIONER_OF_ANOTHER_CLIENT).below(partitions);
    return new OutgoingMessage(
        message.topic(),
        OptionalInt.of(partition),
        message.key(),
        message.headers(),
        message.value());
  }
}
