package io.skald.participant;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.skald.participant.ParticipantService.Registration;
import io.skald.saga.message.Command;
import io.skald.saga.message.IdempotencyKey;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import io.skald.saga.message.UnreadablePayloadException;
import io.skald.saga.message.WireHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records by the wire contract. Says why one can't be read; never throws for what it reads.
 */
final class CommandReader {

  /** Headers that a reply copies; none of the contract's needs more. */
  private static final int LONGEST_HEADER = 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private final PayloadCodec codec;
  private final int maxPayloadBytes;

  CommandReader(PayloadCodec codec, int maxPayloadBytes) {
    this.codec = codec;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /**
   * @param isPartition whether the topic that replies go to has a partition of this number
   */
  Reading read(
      ParticipantService service, ConsumerRecord<String, byte[]> record, IntPredicate isPartition) {
    try {
      return new Reading.Readable(delivery(service, record, isPartition));
    } catch (UnreadableRecord e) {
      return new Reading.Unreadable(e.reason, e.detail);
    }
  }

  private Delivery<?, ?> delivery(
      ParticipantService service, ConsumerRecord<String, byte[]> record, IntPredicate isPartition)
      throws UnreadableRecord {
    Headers headers = new Headers(record);
    MessageType type = type(headers);
    IdempotencyKey idempotencyKey = idempotencyKey(headers);
    String messageId = headers.text(WireHeaders.ID);
    String key = headers.text(WireHeaders.SUBJECT);
    int attempt = headers.number(WireHeaders.ATTEMPT, 1);
    int shard = headers.number(WireHeaders.SHARD, 0);
    if (!isPartition.test(shard)) {
      throw headers.bad(
          WireHeaders.SHARD, "a partition of " + service.participant().events(), "" + shard);
    }
    return delivery(
        record,
        registration(service, type, idempotencyKey.phase()),
        type,
        messageId,
        key,
        idempotencyKey,
        attempt,
        shard,
        headers.optionalText(WireHeaders.CORRELATION_ID),
        headers.optionalText(WireHeaders.TRACE_PARENT));
  }

  private <C extends Command<R>, R> Delivery<C, R> delivery(
      ConsumerRecord<String, byte[]> record,
      Registration<C, R> registration,
      MessageType type,
      String messageId,
      String key,
      IdempotencyKey idempotencyKey,
      int attempt,
      int shard,
      Optional<String> correlationId,
      Optional<String> traceParent)
      throws UnreadableRecord {
    return new Delivery<>(
        record.key(),
        registration,
        payload(record, type, registration.type()),
        type,
        messageId,
        key,
        idempotencyKey,
        attempt,
        shard,
        correlationId,
        traceParent);
  }

  private static MessageType type(Headers headers) throws UnreadableRecord {
    String name = headers.text(WireHeaders.TYPE);
    int version = headers.number(WireHeaders.DATA_VERSION, 1);
    try {
      return new MessageType(name, version);
    } catch (IllegalArgumentException e) {
      throw headers.bad(WireHeaders.TYPE, "a command's name", name);
    }
  }

  private static IdempotencyKey idempotencyKey(Headers headers) throws UnreadableRecord {
    String saga = headers.text(WireHeaders.SAGA_ID);
    SagaId sagaId =
        SagaId.parse(saga).orElseThrow(() -> headers.bad(WireHeaders.SAGA_ID, "a UUID", saga));
    String step = headers.text(WireHeaders.STEP);
    if (!StepName.isValid(step)) {
      throw headers.bad(WireHeaders.STEP, "a step's name", step);
    }
    String item = headers.optionalText(WireHeaders.ITEM).orElse("");
    if (!item.isEmpty() && !StepName.isValidItem(item)) {
      throw headers.bad(WireHeaders.ITEM, "an item's key", item);
    }
    String phaseName = headers.text(WireHeaders.PHASE);
    Phase phase =
        Phase.ofWireName(phaseName)
            .orElseThrow(
                () -> headers.bad(WireHeaders.PHASE, "'action' or 'compensation'", phaseName));
    IdempotencyKey key = new IdempotencyKey(sagaId, new StepName(step, item), phase);
    String sent = headers.text(WireHeaders.IDEMPOTENCY_KEY);
    if (!sent.equals(key.toString())) {
      throw headers.bad(WireHeaders.IDEMPOTENCY_KEY, "'" + key + "'", sent);
    }
    return key;
  }

  /** The handler of this very version, else the nearest that upcasters lead to. */
  private Registration<?, ?> registration(ParticipantService service, MessageType type, Phase phase)
      throws UnreadableRecord {
    Optional<Registration<?, ?>> found =
        service.registration(type, phase).or(() -> later(service, type, phase));
    if (found.isPresent()) {
      return found.get();
    }
    boolean otherVersion =
        service.commands().stream().anyMatch(known -> known.name().equals(type.name()));
    throw new UnreadableRecord(
        otherVersion && service.registration(type, opposite(phase)).isEmpty()
            ? DeadLetterReason.UNKNOWN_VERSION
            : DeadLetterReason.UNKNOWN_TYPE,
        "Expected a command of participant '"
            + service
            + "', which knows "
            + service.commands()
            + ", but found '"
            + type
            + "' as "
            + phase.wireName());
  }

  private Optional<Registration<?, ?>> later(
      ParticipantService service, MessageType type, Phase phase) {
    return service.versions(type.name(), phase).stream()
        .filter(handled -> codec.canRead(type, handled))
        .findFirst()
        .flatMap(handled -> service.registration(handled, phase));
  }

  private static Phase opposite(Phase phase) {
    return phase == Phase.ACTION ? Phase.COMPENSATION : Phase.ACTION;
  }

  private <C> C payload(ConsumerRecord<String, byte[]> record, MessageType written, Class<C> type)
      throws UnreadableRecord {
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      throw new UnreadableRecord(
          DeadLetterReason.BAD_PAYLOAD, "Expected a payload, but found none");
    }
    if (value.length > maxPayloadBytes) {
      throw new UnreadableRecord(
          DeadLetterReason.PAYLOAD_TOO_LARGE,
          "Expected at most " + maxPayloadBytes + " bytes, but found " + value.length);
    }
    try {
      return codec.decode(utf8(value), written, type);
    } catch (UnreadablePayloadException e) {
      throw new UnreadableRecord(
          e.getCause() instanceof StreamConstraintsException
              ? DeadLetterReason.PAYLOAD_TOO_DEEP
              : DeadLetterReason.BAD_PAYLOAD,
          String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError thrown) {
      // A codec of the application's own, or a class that it fills: the next record must flow.
      throw new UnreadableRecord(
          DeadLetterReason.BAD_PAYLOAD,
          "Expected the payload of a " + type.getSimpleName() + ", but reading it threw " + thrown);
    }
  }

  private static String utf8(byte[] value) throws UnreadableRecord {
    try {
      return decoded(value);
    } catch (CharacterCodingException e) {
      throw new UnreadableRecord(DeadLetterReason.BAD_PAYLOAD, "Expected UTF-8: " + e.getMessage());
    }
  }

  /** A decoder that throws is dear; the quick one leaves a mark where it found no UTF-8. */
  private static String decoded(byte[] utf8) throws CharacterCodingException {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0
        ? text
        : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  private record Headers(ConsumerRecord<String, byte[]> record) {

    String text(String name) throws UnreadableRecord {
      return optionalText(name)
          .orElseThrow(
              () ->
                  new UnreadableRecord(
                      DeadLetterReason.MISSING_HEADER,
                      "Expected header '" + name + "', but found none"));
    }

    Optional<String> optionalText(String name) throws UnreadableRecord {
      Header header = record.headers().lastHeader(name);
      if (header == null || header.value() == null || header.value().length == 0) {
        return Optional.empty();
      }
      if (header.value().length > LONGEST_HEADER) {
        throw bad(name, "at most " + LONGEST_HEADER + " bytes", header.value().length + " bytes");
      }
      try {
        return Optional.of(decoded(header.value()));
      } catch (CharacterCodingException e) {
        throw bad(name, "UTF-8", "other bytes");
      }
    }

    int number(String name, int least) throws UnreadableRecord {
      String text = text(name);
      try {
        int number = Integer.parseInt(text);
        if (number >= least) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // Said below.
      }
      throw bad(name, "a number of at least " + least, text);
    }

    UnreadableRecord bad(String name, String expected, String found) {
      return new UnreadableRecord(
          DeadLetterReason.BAD_HEADER,
          "Expected header '" + name + "' to be " + expected + ", but found '" + found + "'");
    }
  }

  private static final class UnreadableRecord extends Exception {
    private static final long serialVersionUID = 1L;
    final DeadLetterReason reason;
    final String detail;

    UnreadableRecord(DeadLetterReason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
      this.detail = detail;
    }
  }
}
