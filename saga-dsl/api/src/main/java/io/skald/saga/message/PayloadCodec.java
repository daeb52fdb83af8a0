package io.skald.saga.message;

/**
 * Turns a message or a saga's data into JSON text and back.
 *
 * <p>Readers are tolerant: members they do not know are passed over. Writing is deterministic:
 * equal values give equal text, for repeated starts are compared by it. Called from many threads.
 */
public interface PayloadCodec {

  /**
   * The JSON text of {@code value}.
   *
   * @throws UnreadablePayloadException when the value can't be written
   */
  String encode(Object value);

  /**
   * The value that {@code json} says.
   *
   * @throws UnreadablePayloadException when it is not JSON, or not of this type
   */
  <T> T decode(String json, Class<T> type);
}
