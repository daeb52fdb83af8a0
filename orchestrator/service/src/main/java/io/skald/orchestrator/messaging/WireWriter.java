package io.skald.orchestrator.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.skald.machine.Input;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.AttemptFailed;
import io.skald.machine.JournalEntry.AttemptTimedOut;
import io.skald.machine.JournalEntry.ChildReleased;
import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.InputIgnored;
import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.ParentAnswered;
import io.skald.machine.JournalEntry.ParentAsked;
import io.skald.machine.JournalEntry.RetryHastened;
import io.skald.machine.JournalEntry.SagaAborted;
import io.skald.machine.JournalEntry.SagaCompensated;
import io.skald.machine.JournalEntry.SagaCompensating;
import io.skald.machine.JournalEntry.SagaCompleted;
import io.skald.machine.JournalEntry.SagaHeld;
import io.skald.machine.JournalEntry.SagaParked;
import io.skald.machine.JournalEntry.SagaQueued;
import io.skald.machine.JournalEntry.SagaReleased;
import io.skald.machine.JournalEntry.SagaResumed;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SagaTurnCame;
import io.skald.machine.JournalEntry.SignalKept;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.StepCompensated;
import io.skald.machine.JournalEntry.StepGivenUp;
import io.skald.machine.JournalEntry.StepRejected;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.JournalEntry.TimeoutMoved;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WaitPassed;
import io.skald.machine.JournalEntry.WayChosen;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.Transition;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.MessageHeaders;
import io.skald.orchestrator.lane.MessageWriter;
import io.skald.orchestrator.lane.OutgoingMessage;
import io.skald.orchestrator.lane.Reading;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import io.skald.saga.message.WireHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Makes the orchestrator's records, by the wire contract. Everything in them follows from the
 * journal: a message that is published again has the same id, time and payload.
 */
public final class WireWriter implements MessageWriter {

  private static final JsonFactory JSON = new JsonFactory();
  static final String SOURCE = "skald";

  private final String requestTopic;
  private final String eventTopic;
  private final FamilyWriter family;

  public WireWriter(String requestTopic, String eventTopic) {
    this.requestTopic = requestTopic;
    this.eventTopic = eventTopic;
    this.family = new FamilyWriter(requestTopic);
  }

  @Override
  public List<OutgoingMessage> messagesOf(SagaCore saga, int shard, Transition transition) {
    List<OutgoingMessage> messages = new ArrayList<>(transition.entries().size());
    for (int i = 0; i < transition.entries().size(); i++) {
      String id = transition.saga() + "-" + transition.seq() + "-" + i;
      JournalEntry entry = transition.entries().get(i);
      switch (entry) {
        case CommandIssued command when command.child().isPresent() ->
            messages.add(family.command(saga, transition, id, command, command.child().get()));
        case CommandIssued command -> messages.add(command(saga, shard, transition, id, command));
        case ChildReleased e -> messages.add(family.release(saga, transition, id, e));
        case ParentAnswered e -> messages.add(family.answer(transition, id, e));
        case SagaStarted e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaQueued e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaTurnCame e -> messages.add(lifecycle(saga, transition, id, e));
        case StepSucceeded e -> messages.add(lifecycle(saga, transition, id, e));
        case StepRejected e -> messages.add(lifecycle(saga, transition, id, e));
        case StepGivenUp e -> messages.add(lifecycle(saga, transition, id, e));
        case StepCompensated e -> messages.add(lifecycle(saga, transition, id, e));
        case StepSkipped e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaCompensating e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaParked e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaResumed e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaHeld e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaCompleted e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaCompensated e -> messages.add(lifecycle(saga, transition, id, e));
        case SagaAborted e -> messages.add(lifecycle(saga, transition, id, e));
        // Of interest to the journal's readers only.
        case AttemptFailed e -> {}
        case AttemptTimedOut e -> {}
        case TimeoutMoved e -> {}
        case WayChosen e -> {}
        case ItemsTaken e -> {}
        case WaitBegan e -> {}
        case WaitPassed e -> {}
        case SignalKept e -> {}
        case SignalTaken e -> {}
        case RetryHastened e -> {}
        case SagaReleased e -> {}
        case ParentAsked e -> {}
        case InputIgnored e -> {}
      }
    }
    return messages;
  }

  private OutgoingMessage command(
      SagaCore saga, int shard, Transition transition, String id, CommandIssued command) {
    MessageHeaders.Builder headers =
        headers(id, command.command().name(), command.command().version(), transition, saga)
            .add(WireHeaders.STEP, command.step().value())
            .add(WireHeaders.PHASE, command.phase().wireName())
            .add(WireHeaders.ATTEMPT, Integer.toString(command.attempts().number()))
            .add(WireHeaders.SHARD, Integer.toString(shard))
            .add(
                WireHeaders.IDEMPOTENCY_KEY,
                new IdempotencyKey(saga.id(), command.step(), command.phase()).toString());
    if (!command.step().item().isEmpty()) {
      headers.add(WireHeaders.ITEM, command.step().item());
    }
    return new OutgoingMessage(
        command.participant().commands().name(),
        OptionalInt.empty(),
        saga.key(),
        headers.build(),
        command.payload().getBytes(UTF_8));
  }

  private OutgoingMessage lifecycle(
      SagaCore saga, Transition transition, String id, JournalEntry entry) {
    String type = entry.getClass().getSimpleName();
    return new OutgoingMessage(
        eventTopic,
        OptionalInt.empty(),
        saga.key(),
        headers(id, type, 1, transition, saga).build(),
        payload(saga, transition.at(), type, entry));
  }

  private static MessageHeaders.Builder headers(
      String id, String type, int version, Transition transition, SagaCore saga) {
    String sagaId = saga.id().toString();
    return new MessageHeaders.Builder(20)
        .add(WireHeaders.SPEC_VERSION, "1.0")
        .add(WireHeaders.ID, id)
        .add(WireHeaders.TYPE, type)
        .add(WireHeaders.SOURCE, SOURCE)
        .add(WireHeaders.TIME, transition.at().toString())
        .add(WireHeaders.SUBJECT, saga.key())
        .add(WireHeaders.CONTENT_TYPE, "application/json")
        .add(WireHeaders.DATA_VERSION, Integer.toString(version))
        .add(WireHeaders.SAGA_ID, sagaId)
        .add(WireHeaders.DEFINITION, saga.definition())
        .add(WireHeaders.DEFINITION_VERSION, Integer.toString(saga.version()))
        .add(WireHeaders.CORRELATION_ID, sagaId)
        .add(WireHeaders.CAUSATION_ID, transition.cause())
        .add(WireHeaders.TRACE_PARENT, traceParent(saga.id(), id));
  }

  /** All of one saga is one trace: its id is the saga's. The span follows from the message's id. */
  static String traceParent(SagaId saga, String messageId) {
    long span = 1125899906842597L;
    for (int i = 0; i < messageId.length(); i++) {
      span = 31 * span + messageId.charAt(i);
    }
    HexFormat hex = HexFormat.of();
    return "00-"
        + hex.toHexDigits(saga.value().getMostSignificantBits())
        + hex.toHexDigits(saga.value().getLeastSignificantBits())
        + '-'
        + hex.toHexDigits(span | 1)
        + "-01";
  }

  private static byte[] payload(SagaCore saga, Instant at, String type, JournalEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      json.writeStringField("sagaId", saga.id().toString());
      json.writeStringField("definition", saga.definition());
      json.writeNumberField("version", saga.version());
      json.writeStringField("key", saga.key());
      json.writeStringField("at", at.toString());
      details(json, entry);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to write to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void details(JsonGenerator json, JournalEntry entry) throws IOException {
    switch (entry) {
      case StepSucceeded e -> step(json, Optional.of(e.step()));
      case StepCompensated e -> step(json, Optional.of(e.step()));
      case StepRejected e -> {
        step(json, Optional.of(e.step()));
        problem(json, Optional.of(e.problem()));
      }
      case StepGivenUp e -> {
        step(json, Optional.of(e.step()));
        json.writeStringField("phase", e.phase().wireName());
        problem(json, Optional.of(e.problem()));
      }
      case StepSkipped e -> {
        step(json, Optional.of(e.step()));
        json.writeStringField("phase", e.phase().wireName());
        actor(json, e.actor(), e.reason());
      }
      case SagaCompensating e -> {
        json.writeStringField("cause", e.cause().name());
        step(json, e.failedStep());
        problem(json, e.problem());
        if (e.actor().isPresent()) {
          json.writeStringField("actor", e.actor().get());
        }
      }
      case SagaParked e -> {
        json.writeStringField("reason", e.reason().name());
        step(json, e.step());
        problem(json, Optional.of(e.problem()));
      }
      case SagaResumed e -> actor(json, e.actor(), e.reason());
      case SagaAborted e -> actor(json, e.actor(), e.reason());
      case SagaQueued e -> json.writeStringField("behind", e.behind().toString());
      case SagaTurnCame e -> {}
      case SagaStarted e -> {}
      case SagaHeld e -> {}
      case SagaReleased e -> {}
      case ParentAsked e -> {}
      case ParentAnswered e -> {}
      case ChildReleased e -> {}
      case SagaCompleted e -> {}
      case SagaCompensated e -> {}
      case CommandIssued e -> {}
      case AttemptFailed e -> {}
      case AttemptTimedOut e -> {}
      case TimeoutMoved e -> {}
      case WayChosen e -> {}
      case ItemsTaken e -> {}
      case WaitBegan e -> {}
      case WaitPassed e -> {}
      case SignalKept e -> {}
      case SignalTaken e -> {}
      case RetryHastened e -> {}
      case InputIgnored e -> {}
    }
  }

  private static void step(JsonGenerator json, Optional<StepName> step) throws IOException {
    if (step.isPresent()) {
      json.writeStringField("step", step.get().toString());
    }
  }

  private static void problem(JsonGenerator json, Optional<Problem> problem) throws IOException {
    if (problem.isPresent()) {
      json.writeObjectFieldStart("problem");
      json.writeStringField("code", problem.get().code());
      json.writeStringField("message", problem.get().message());
      json.writeEndObject();
    }
  }

  private static void actor(JsonGenerator json, String actor, String reason) throws IOException {
    json.writeStringField("actor", actor);
    json.writeStringField("reason", reason);
  }

  /**
   * As it came, so that it can be redriven. What is over the limits would be refused again, so it
   * is cut: a dead letter must always fit.
   */
  @Override
  public OutgoingMessage deadLetter(Envelope record, String because) {
    Map<String, String> headers = withinLimits(record.headers());
    headers.put(RequestTypes.DLQ_REASON, Limits.cut(because, Limits.TEXT_CHARS));
    headers.put(RequestTypes.DLQ_TOPIC, record.from().topic());
    headers.put(RequestTypes.DLQ_PARTITION, Integer.toString(record.from().partition()));
    headers.put(RequestTypes.DLQ_OFFSET, Long.toString(record.offset()));
    return new OutgoingMessage(
        new Topic(record.from().topic()).deadLetters().name(),
        OptionalInt.empty(),
        Limits.cut(record.key().orElse(""), Limits.TEXT_CHARS),
        headers,
        withinLimits(record.value(), headers));
  }

  private static Map<String, String> withinLimits(Map<String, String> headers) {
    Map<String, String> kept = new HashMap<>();
    int left = Limits.HEADER_BYTES;
    for (Map.Entry<String, String> header : new TreeMap<>(headers).entrySet()) {
      left -= header.getKey().length() + header.getValue().getBytes(UTF_8).length;
      if (left >= 0) {
        kept.put(header.getKey(), header.getValue());
      }
    }
    return kept;
  }

  private static byte[] withinLimits(byte[] value, Map<String, String> headers) {
    if (value.length <= Limits.PAYLOAD_BYTES) {
      return value;
    }
    headers.put(RequestTypes.DLQ_CUT_FROM, Integer.toString(value.length));
    return Arrays.copyOf(value, Limits.PAYLOAD_BYTES);
  }

  @Override
  public OutgoingMessage forward(Envelope record, String sagaKey, int shard) {
    Map<String, String> headers = new HashMap<>(record.headers());
    headers.putIfAbsent(RequestTypes.FORWARDED_FROM, record.from().topic());
    headers.put(WireHeaders.SUBJECT, sagaKey);
    return new OutgoingMessage(
        requestTopic, OptionalInt.of(shard), sagaKey, headers, record.value());
  }

  @Override
  public OutgoingMessage forwardStart(Envelope record, Reading.ForSaga start, int shard) {
    if (!(start.input() instanceof Input.StartRequested request)) {
      throw new IllegalArgumentException("Expected a start to forward, but found " + start);
    }
    Map<String, String> headers =
        startHeaders(
            request.cause(), start.starts().orElseThrow().name(), request.id(), request.key());
    String topic = record.from().topic();
    if (!topic.equals(requestTopic)) {
      headers.put(RequestTypes.STARTED_FROM, topic);
    } else {
      record
          .header(RequestTypes.STARTED_FROM)
          .ifPresent(origin -> headers.put(RequestTypes.STARTED_FROM, origin));
    }
    return new OutgoingMessage(
        requestTopic,
        OptionalInt.of(shard),
        request.key(),
        headers,
        request.data().getBytes(UTF_8));
  }

  /** A start by API. */
  OutgoingMessage startRequest(
      String id, String definition, SagaId saga, String key, String data, int shard) {
    return new OutgoingMessage(
        requestTopic,
        OptionalInt.of(shard),
        key,
        startHeaders(id, definition, saga, key),
        data.getBytes(UTF_8));
  }

  private static Map<String, String> startHeaders(
      String id, String definition, SagaId saga, String key) {
    Map<String, String> headers = requestHeaders(id, RequestTypes.START, saga, key);
    headers.put(WireHeaders.DEFINITION, definition);
    return headers;
  }

  /** A request about a saga that exists. */
  OutgoingMessage request(
      String id, String type, SagaId saga, String key, String actor, String reason, int shard) {
    Map<String, String> headers = requestHeaders(id, type, saga, key);
    headers.put(RequestTypes.ACTOR, actor);
    headers.put(RequestTypes.REASON, reason);
    return new OutgoingMessage(
        requestTopic, OptionalInt.of(shard), key, headers, new byte[] {'{', '}'});
  }

  /** A signal for a saga that awaits it, or will. */
  OutgoingMessage signalRequest(SagaId saga, String key, Input.SignalSent signal, int shard) {
    Map<String, String> headers = requestHeaders(signal.cause(), RequestTypes.SIGNAL, saga, key);
    putStep(headers, signal.block());
    headers.put(WireHeaders.IDEMPOTENCY_KEY, signal.id());
    return new OutgoingMessage(
        requestTopic, OptionalInt.of(shard), key, headers, signal.payload().getBytes(UTF_8));
  }

  /** A step that is to be taken for done, with what its participant would have answered. */
  OutgoingMessage skipRequest(SagaId saga, String key, Input.SkipRequested skip, int shard) {
    Map<String, String> headers = requestHeaders(skip.cause(), RequestTypes.SKIP, saga, key);
    putStep(headers, skip.step());
    headers.put(WireHeaders.PHASE, skip.phase().wireName());
    headers.put(RequestTypes.ACTOR, skip.actor());
    headers.put(RequestTypes.REASON, skip.reason());
    return new OutgoingMessage(
        requestTopic, OptionalInt.of(shard), key, headers, skip.reply().getBytes(UTF_8));
  }

  private static void putStep(Map<String, String> headers, StepName step) {
    headers.put(WireHeaders.STEP, step.value());
    if (!step.item().isEmpty()) {
      headers.put(WireHeaders.ITEM, step.item());
    }
  }

  private static Map<String, String> requestHeaders(
      String id, String type, SagaId saga, String key) {
    Map<String, String> headers = HashMap.newHashMap(12);
    headers.put(WireHeaders.SPEC_VERSION, "1.0");
    headers.put(WireHeaders.ID, id);
    headers.put(WireHeaders.TYPE, type);
    headers.put(WireHeaders.SOURCE, SOURCE);
    headers.put(WireHeaders.SUBJECT, key);
    headers.put(WireHeaders.CONTENT_TYPE, "application/json");
    headers.put(WireHeaders.DATA_VERSION, "1");
    headers.put(WireHeaders.SAGA_ID, saga.toString());
    return headers;
  }
}
