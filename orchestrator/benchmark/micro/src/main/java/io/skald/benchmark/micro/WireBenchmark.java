package io.skald.benchmark.micro;

import io.skald.machine.Decision;
import io.skald.machine.SagaCore;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.InputPartition;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import io.skald.orchestrator.messaging.WireReader;
import io.skald.orchestrator.messaging.WireWriter;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records in and out: a reply, an event that starts a saga, and the two messages of a reply. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {

  private static final String REQUESTS = "saga-requests";

  private final Journey journey = new Journey(3);
  private final WireWriter writer = new WireWriter(REQUESTS, "saga-events");
  private final WireReader reader =
      new WireReader(new Definitions(List.of(journey.definition())), Journey.CODEC, REQUESTS);
  private final Decision decision = journey.reply();
  private final SagaCore core = Journey.stateOf(decision).core();
  private final Transition transition = Journey.transitionOf(decision);
  private final Envelope reply = replyTo(writeMessages().getLast());
  private final Envelope start = startEvent();

  @Benchmark
  public List<Reading> readReply() {
    return reader.read(reply);
  }

  @Benchmark
  public List<Reading> readStart() {
    return reader.read(start);
  }

  @Benchmark
  public List<OutgoingMessage> writeMessages() {
    return writer.messagesOf(core, 3, transition);
  }

  /** As a participant answers: with the command's headers, an outcome, and its own event. */
  private static Envelope replyTo(OutgoingMessage command) {
    Map<String, String> headers = new HashMap<>(command.headers());
    headers.put(WireHeaders.ID, "reply-1");
    headers.put(WireHeaders.TYPE, "Done");
    headers.put(WireHeaders.OUTCOME, "succeeded");
    return envelope(
        command.topic().replace("-commands", "-events"),
        headers,
        Journey.CODEC.encode(new Orders.Done(Journey.KEY, "REF-1")));
  }

  private static Envelope startEvent() {
    Map<String, String> headers =
        Map.of(
            WireHeaders.ID, "event-1", WireHeaders.TYPE, "Created", WireHeaders.DATA_VERSION, "1");
    return envelope(Orders.EVENTS.name(), headers, Journey.CODEC.encode(Orders.Created.sample()));
  }

  private static Envelope envelope(String topic, Map<String, String> headers, String value) {
    return new Envelope(
        new InputPartition(topic, 3),
        17,
        Optional.of(Journey.KEY),
        headers,
        value.getBytes(StandardCharsets.UTF_8));
  }
}
