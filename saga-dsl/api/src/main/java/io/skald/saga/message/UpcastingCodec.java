package io.skald.saga.message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A codec that reads old versions too, by {@link Upcaster}s. What is written in the version that is
 * wanted goes straight through. A version that is newer than what is wanted is never read: nobody
 * knows what it says. Immutable; safe on every thread.
 */
public final class UpcastingCodec implements PayloadCodec {

  private final PayloadCodec codec;
  private final Map<MessageType, Upcaster> upcasters = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two upcasters take the same version of a message; names
   *     all of them
   */
  public UpcastingCodec(PayloadCodec codec, Collection<? extends Upcaster> upcasters) {
    this.codec = codec;
    List<MessageType> twice = new ArrayList<>();
    for (Upcaster upcaster : upcasters) {
      if (this.upcasters.put(upcaster.from(), upcaster) != null) {
        twice.add(upcaster.from());
      }
    }
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected one upcaster from each version of a message, but there are several from "
              + twice
              + "; remove all but one");
    }
  }

  @Override
  public String encode(Object value) {
    return codec.encode(value);
  }

  @Override
  public <T> T decode(String json, Class<T> type) {
    return codec.decode(json, type);
  }

  @Override
  public boolean canRead(MessageType written, MessageType wanted) {
    if (!written.name().equals(wanted.name())) {
      return false;
    }
    MessageType at = written;
    while (at.version() < wanted.version() && upcasters.containsKey(at)) {
      at = at.next();
    }
    return at.equals(wanted);
  }

  @Override
  public <T> T decode(String json, MessageType written, Class<T> type) {
    MessageType wanted = MessageType.of(type);
    if (written.equals(wanted) || !canRead(written, wanted)) {
      return PayloadCodec.super.decode(json, written, type);
    }
    Map<String, Object> payload = object(json);
    for (MessageType at = written; !at.equals(wanted); at = at.next()) {
      Upcaster upcaster = upcasters.get(at);
      payload = upcaster == null ? null : upcaster.upcast(payload);
      if (payload == null) {
        throw new IllegalStateException(
            "Expected the upcaster of " + at + " to give " + at.next() + ", but found null");
      }
    }
    return codec.decode(codec.encode(payload), type);
  }

  @SuppressWarnings("unchecked") // A JSON object's names are text.
  private Map<String, Object> object(String json) {
    return (Map<String, Object>) codec.decode(json, Map.class);
  }
}
