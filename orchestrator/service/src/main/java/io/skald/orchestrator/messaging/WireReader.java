package io.skald.orchestrator.messaging;

import io.skald.machine.Input;
import io.skald.machine.ParentLink;
import io.skald.machine.Problem;
import io.skald.machine.SagaData;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Envelope;
import io.skald.orchestrator.lane.Reading;
import io.skald.orchestrator.lane.RecordReader;
import io.skald.saga.ChildSaga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StartEvent;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import io.skald.saga.message.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what a record is, by the wire contract: a reply, an event that starts sagas, a request, or
 * something that can't be read. It trusts nothing: every limit of the contract is checked here.
 */
public final class WireReader implements RecordReader {

  private static final int LONGEST_KEY = 200;
  private static final int DELETE = 0x7f;
  private static final char REPLACEMENT = 0xfffd;

  private final Definitions definitions;
  private final PayloadCodec codec;
  private final String requestTopic;
  private final Map<String, Participant> participants = new HashMap<>();

  public WireReader(Definitions definitions, PayloadCodec codec, String requestTopic) {
    this.definitions = definitions;
    this.codec = codec;
    this.requestTopic = requestTopic;
    for (SagaDefinition<?> definition : definitions.all()) {
      definition.steps().stream()
          .filter(step -> step.child().isEmpty())
          .forEach(
              step -> participants.put(step.participant().events().name(), step.participant()));
    }
  }

  /** The record is not what the contract wants; says what was expected and what was found. */
  private static final class NotReadable extends Exception {

    private static final long serialVersionUID = 1L;

    NotReadable(String because) {
      super(because, null, false, false);
    }

    Reading reading() {
      return new Reading.Unreadable(Limits.cut(String.valueOf(getMessage()), Limits.TEXT_CHARS));
    }
  }

  @Override
  public List<Reading> read(Envelope envelope) {
    try {
      checkSize(envelope);
      String topic = envelope.from().topic();
      if (topic.equals(requestTopic)) {
        Optional<String> origin = envelope.header(RequestTypes.FORWARDED_FROM);
        return origin.isPresent() && !origin.get().equals(requestTopic)
            ? event(envelope, origin.get())
            : List.of(request(envelope));
      }
      return event(envelope, topic);
    } catch (NotReadable unreadable) {
      return List.of(unreadable.reading());
    } catch (RuntimeException unexpected) {
      return List.of(
          new Reading.Unreadable(
              "Expected a record of the wire contract, but " + unexpected.getMessage()));
    }
  }

  @Override
  public boolean isAnswered(Envelope envelope) {
    return envelope.from().topic().equals(requestTopic)
        && envelope.header(RequestTypes.STARTED_FROM).isEmpty();
  }

  private static void checkSize(Envelope envelope) throws NotReadable {
    if (envelope.value().length > Limits.PAYLOAD_BYTES) {
      throw new NotReadable(
          "Expected a payload of at most "
              + Limits.PAYLOAD_BYTES
              + " bytes, but found "
              + envelope.value().length);
    }
    int headers = envelope.headers().bytes();
    if (headers > Limits.HEADER_BYTES) {
      throw new NotReadable(
          "Expected headers of at most " + Limits.HEADER_BYTES + " bytes, but found " + headers);
    }
  }

  private List<Reading> event(Envelope envelope, String topic) throws NotReadable {
    if (envelope.header(WireHeaders.OUTCOME).isPresent()) {
      return List.of(reply(envelope, topic));
    }
    return starts(envelope, topic);
  }

  private Reading reply(Envelope envelope, String topic) throws NotReadable {
    Optional<Participant> participant = participantOf(envelope, topic);
    if (participant.isEmpty()) {
      return new Reading.NotForUs();
    }
    return reply(envelope, participant.get());
  }

  private static Reading reply(Envelope envelope, Participant participant) throws NotReadable {
    Outcome outcome =
        Outcome.ofWireName(required(envelope, WireHeaders.OUTCOME))
            .orElseThrow(() -> bad(envelope, WireHeaders.OUTCOME, "succeeded, rejected or failed"));
    SagaId saga = sagaId(envelope);
    Input input =
        new Input.ReplyReceived(
            id(envelope),
            participant,
            step(envelope),
            phase(envelope),
            number(envelope, WireHeaders.ATTEMPT),
            outcome,
            type(envelope),
            payload(envelope),
            outcome == Outcome.SUCCEEDED
                ? Optional.empty()
                : Optional.of(
                    new Problem(
                        envelope.header(WireHeaders.ERROR_CODE).orElse(outcome.name()),
                        envelope
                            .header(WireHeaders.ERROR_MESSAGE)
                            .orElse("The participant gave no reason"))));
    return new Reading.ForSaga(saga, key(envelope), Optional.empty(), input);
  }

  /**
   * A reply that was forwarded is for us, though no definition that is deployed here may know its
   * participant: its saga is in our shard, and nobody else reads it there.
   */
  private Optional<Participant> participantOf(Envelope envelope, String topic) {
    Participant known = participants.get(topic);
    if (known != null || envelope.from().topic().equals(topic)) {
      return Optional.ofNullable(known);
    }
    return Participant.ofEvents(topic);
  }

  /**
   * An event may start sagas of several definitions, each on its newest version; one that can't
   * take it does not keep it from the others. What nobody can take, though it is known by name, is
   * not passed over: it was meant to start a saga.
   */
  private List<Reading> starts(Envelope envelope, String topic) throws NotReadable {
    List<Reading> readings = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    for (SagaDefinition<?> definition : definitions.latest()) {
      List<? extends StartEvent<?, ?>> here =
          definition.startEvents().stream().filter(s -> s.topic().name().equals(topic)).toList();
      if (here.isEmpty()) {
        continue;
      }
      MessageType type = type(envelope);
      Optional<StartEvent<?, ?>> start = taking(type, here);
      if (start.isPresent()) {
        readings.add(startOrNot(envelope, definition, start.get()));
      }
      here.stream()
          .map(StartEvent::messageType)
          .filter(other -> other.name().equals(type.name()))
          .forEach(other -> known.add(other.toString()));
    }
    if (readings.isEmpty() && !known.isEmpty()) {
      throw new NotReadable(
          "Expected an event in a version that can be read as one of "
              + known
              + ", but found "
              + type(envelope));
    }
    return readings.isEmpty() ? List.of(new Reading.NotForUs()) : readings;
  }

  /** The one of this very version, else the nearest that upcasters lead to. */
  private Optional<StartEvent<?, ?>> taking(
      MessageType type, List<? extends StartEvent<?, ?>> starts) {
    return starts.stream()
        .filter(start -> codec.canRead(type, start.messageType()))
        .<StartEvent<?, ?>>map(start -> start)
        .min(Comparator.comparingInt(start -> start.messageType().version()));
  }

  private Reading startOrNot(
      Envelope envelope, SagaDefinition<?> definition, StartEvent<?, ?> start) {
    try {
      return start(envelope, definition, start);
    } catch (NotReadable unreadable) {
      return unreadable.reading();
    }
  }

  private <D, E> Reading start(
      Envelope envelope, SagaDefinition<?> definition, StartEvent<D, E> start) throws NotReadable {
    String key;
    String data;
    try {
      E event = codec.decode(payload(envelope), type(envelope), start.type());
      key = start.key().apply(event);
      data = SagaData.encode(codec, start.data().apply(event));
    } catch (UnreadablePayloadException unreadable) {
      throw new NotReadable(
          "Expected a " + start.messageType() + ", but " + unreadable.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError thrown) {
      throw new NotReadable(
          "Expected definition "
              + definition
              + " to take a "
              + start.messageType()
              + ", but it threw "
              + thrown);
    }
    if (key == null || !isSane(key)) {
      throw new NotReadable(
          "Expected definition "
              + definition
              + " to find a key of 1 to 200 characters in a "
              + start.messageType()
              + ", but found '"
              + key
              + "'");
    }
    checkSize(definition, data);
    SagaId saga =
        definition.exclusive().isPresent()
            ? SagaId.forStart(definition.name(), key, startId(envelope))
            : SagaId.forKey(definition.name(), key);
    return new Reading.ForSaga(
        saga,
        key,
        Optional.of(definition),
        new Input.StartRequested(id(envelope), saga, key, data));
  }

  private Reading request(Envelope envelope) throws NotReadable {
    String type = required(envelope, WireHeaders.TYPE);
    SagaId saga = sagaId(envelope);
    String key = key(envelope);
    String cause = id(envelope);
    if (type.equals(RequestTypes.START)) {
      String name = required(envelope, WireHeaders.DEFINITION);
      SagaDefinition<?> definition =
          definitions
              .latest(name)
              .orElseThrow(
                  () -> new NotReadable("Expected definition '" + name + "' to be deployed"));
      String data = canonical(definition, payload(envelope));
      return new Reading.ForSaga(
          saga, key, Optional.of(definition), new Input.StartRequested(cause, saga, key, data));
    }
    if (type.equals(RequestTypes.START_CHILD) || type.equals(RequestTypes.UNDO_CHILD)) {
      return toChild(envelope, type.equals(RequestTypes.UNDO_CHILD));
    }
    if (type.equals(RequestTypes.CHILD_ENDED)) {
      return reply(envelope, Participant.SAGAS);
    }
    if (type.equals(RequestTypes.RELEASE_CHILD)) {
      Input release = new Input.ReleaseRequested(cause);
      return new Reading.ForSaga(saga, key, Optional.empty(), release);
    }
    String actor = Limits.cut(envelope.header(RequestTypes.ACTOR).orElse("unknown"), 200);
    String reason = Limits.cut(envelope.header(RequestTypes.REASON).orElse(""), Limits.TEXT_CHARS);
    Input input =
        switch (type) {
          case RequestTypes.CANCEL -> new Input.CancelRequested(cause, actor, reason);
          case RequestTypes.RESUME -> new Input.ResumeRequested(cause, actor, reason);
          case RequestTypes.ABORT -> new Input.AbortRequested(cause, actor, reason);
          case RequestTypes.RETRY -> new Input.RetryRequested(cause, actor, reason);
          case RequestTypes.SKIP ->
              new Input.SkipRequested(
                  cause, step(envelope), phase(envelope), payload(envelope), actor, reason);
          case RequestTypes.SIGNAL ->
              new Input.SignalSent(
                  cause, signalId(envelope, cause), step(envelope), json(envelope));
          default ->
              throw bad(
                  envelope,
                  WireHeaders.TYPE,
                  "StartSaga, SignalSaga, CancelSaga, ResumeSaga, RetrySaga, SkipStep,"
                      + " AbortSaga, StartSubSaga, UndoSubSaga, ReleaseSubSaga or SubSagaEnded");
        };
    return new Reading.ForSaga(saga, key, Optional.empty(), input);
  }

  /**
   * A child is of the version that its parent names. When that is not deployed only a child that is
   * there already can be spoken to, and its data stays as it is.
   */
  private Reading toChild(Envelope envelope, boolean undo) throws NotReadable {
    SagaId saga = sagaId(envelope);
    String key = key(envelope);
    String name = required(envelope, WireHeaders.DEFINITION);
    int version = number(envelope, WireHeaders.DEFINITION_VERSION);
    Optional<SagaDefinition<?>> definition = definitions.of(name, version);
    if (definition.flatMap(SagaDefinition::exclusive).isPresent()) {
      throw new NotReadable(
          "Expected a sub-saga's definition not to be exclusive, but found " + name);
    }
    String data =
        definition.isPresent() ? canonical(definition.get(), payload(envelope)) : payload(envelope);
    ParentLink parent =
        new ParentLink(
            SagaId.parse(required(envelope, RequestTypes.PARENT_ID))
                .orElseThrow(() -> bad(envelope, RequestTypes.PARENT_ID, "a UUID")),
            parentKey(envelope),
            step(envelope),
            Boolean.parseBoolean(required(envelope, RequestTypes.HELD)),
            undo ? Phase.COMPENSATION : Phase.ACTION,
            number(envelope, WireHeaders.ATTEMPT));
    ChildSaga child = new ChildSaga(name, version);
    if (!child.id(parent.saga(), parent.step()).equals(saga)) {
      throw bad(envelope, WireHeaders.SAGA_ID, "the id of that step's child");
    }
    Input input =
        undo
            ? new Input.UndoRequested(id(envelope), saga, key, data, parent)
            : new Input.StartRequested(id(envelope), saga, key, data).of(parent);
    return new Reading.ForSaga(saga, key, definition, input);
  }

  private static String parentKey(Envelope envelope) throws NotReadable {
    String key = required(envelope, RequestTypes.PARENT_KEY);
    if (!isSane(key)) {
      throw bad(envelope, RequestTypes.PARENT_KEY, "1 to 200 characters, none of them control");
    }
    return key;
  }

  private <D> String canonical(SagaDefinition<D> definition, String payload) throws NotReadable {
    try {
      String data = SagaData.encode(codec, SagaData.decode(codec, payload, definition.dataType()));
      checkSize(definition, data);
      return data;
    } catch (UnreadablePayloadException unreadable) {
      throw new NotReadable(
          "Expected the data of definition " + definition + ", but " + unreadable.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError thrown) {
      throw new NotReadable(
          "Expected the data of definition " + definition + ", but its class threw " + thrown);
    }
  }

  private static void checkSize(SagaDefinition<?> definition, String data) throws NotReadable {
    if (Limits.isTooLarge(data)) {
      throw new NotReadable(
          "Expected the data of definition "
              + definition
              + " to be at most "
              + Limits.PAYLOAD_BYTES
              + " bytes, but it is longer");
    }
  }

  /** The payload as the codec writes it: what is kept as it came must be one JSON value. */
  private String json(Envelope envelope) throws NotReadable {
    try {
      return codec.encode(codec.decode(payload(envelope), Object.class));
    } catch (UnreadablePayloadException | NumberFormatException unreadable) {
      throw new NotReadable("Expected a signal of JSON, but " + unreadable.getMessage());
    }
  }

  private static String payload(Envelope envelope) throws NotReadable {
    String text = new String(envelope.value(), StandardCharsets.UTF_8);
    // What could not be read has become this character; it may also have been sent as itself.
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), envelope.value())) {
      throw new NotReadable("Expected a payload in UTF-8, but found other bytes");
    }
    return text;
  }

  /**
   * Keys and ids end up in columns, headers and JSON: no control characters, no half of a surrogate
   * pair, and not too long.
   */
  private static boolean isSane(String text) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_KEY) {
      return false;
    }
    return text.codePoints().noneMatch(c -> c < ' ' || c == DELETE || isHalfAPair(c));
  }

  private static boolean isHalfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static SagaId sagaId(Envelope envelope) throws NotReadable {
    return SagaId.parse(required(envelope, WireHeaders.SAGA_ID))
        .orElseThrow(() -> bad(envelope, WireHeaders.SAGA_ID, "a UUID"));
  }

  private static StepName step(Envelope envelope) throws NotReadable {
    String step = required(envelope, WireHeaders.STEP);
    if (!StepName.isValid(step)) {
      throw bad(envelope, WireHeaders.STEP, "a step's name");
    }
    String item = envelope.header(WireHeaders.ITEM).orElse("");
    if (!item.isEmpty() && !StepName.isValidItem(item)) {
      throw bad(envelope, WireHeaders.ITEM, "an item's key");
    }
    return new StepName(step, item);
  }

  private static Phase phase(Envelope envelope) throws NotReadable {
    return Phase.ofWireName(required(envelope, WireHeaders.PHASE))
        .orElseThrow(() -> bad(envelope, WireHeaders.PHASE, "action or compensation"));
  }

  private static MessageType type(Envelope envelope) throws NotReadable {
    String version = envelope.header(WireHeaders.DATA_VERSION).orElse("1");
    try {
      return new MessageType(required(envelope, WireHeaders.TYPE), Integer.parseInt(version));
    } catch (IllegalArgumentException notAType) {
      throw new NotReadable(
          "Expected headers ce_type and ce_dataversion to name a message, but found '"
              + envelope.header(WireHeaders.TYPE).orElse("")
              + "' and '"
              + version
              + "'");
    }
  }

  private static int number(Envelope envelope, String header) throws NotReadable {
    try {
      return Integer.parseInt(required(envelope, header));
    } catch (NumberFormatException e) {
      throw bad(envelope, header, "a number");
    }
  }

  /** The saga's key: its subject, or what the record is keyed by. */
  private static String key(Envelope envelope) throws NotReadable {
    String key =
        envelope
            .header(WireHeaders.SUBJECT)
            .or(envelope::key)
            .orElseThrow(
                () -> new NotReadable("Expected the saga's key as record key or in ce_subject"));
    if (!isSane(key)) {
      throw new NotReadable("Expected a saga's key of 1 to 200 characters, none of them control");
    }
    return key;
  }

  /** The message's id; one that is missing or strange is replaced by where the record stands. */
  private static String id(Envelope envelope) {
    return envelope
        .header(WireHeaders.ID)
        .filter(WireReader::isSane)
        .orElseGet(() -> envelope.from() + "@" + envelope.offset());
  }

  /** What tells an event from others: its id, which is its source's own. */
  private static String startId(Envelope envelope) {
    return envelope.header(WireHeaders.SOURCE).orElse("") + '\n' + id(envelope);
  }

  /** What tells a signal from others; one without is told by the message that brought it. */
  private static String signalId(Envelope envelope, String message) throws NotReadable {
    String id = envelope.header(WireHeaders.IDEMPOTENCY_KEY).orElse(message);
    if (!isSane(id)) {
      throw bad(envelope, WireHeaders.IDEMPOTENCY_KEY, "1 to 200 characters, none of them control");
    }
    return id;
  }

  private static String required(Envelope envelope, String header) throws NotReadable {
    return envelope
        .header(header)
        .orElseThrow(() -> new NotReadable("Expected header " + header + ", but it is missing"));
  }

  private static NotReadable bad(Envelope envelope, String header, String expected) {
    return new NotReadable(
        "Expected header "
            + header
            + " to be "
            + expected
            + ", but found '"
            + envelope.header(header).orElse("")
            + "'");
  }
}
