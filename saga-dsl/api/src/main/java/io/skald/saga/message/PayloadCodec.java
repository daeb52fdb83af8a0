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

  /**
   * Whether a payload of one version can be read where another one is wanted. Without upcasters
   * only the very same can.
   */
  default boolean canRead(MessageType written, MessageType wanted) {
    return written.equals(wanted);
  }

  /**
   * The value that {@code json} says, whatever version it was written in.
   *
   * @param written what the payload says that it is, as in its headers
   * @throws UnreadablePayloadException when it is not JSON or not of this type, or in a version
   *     from which no upcaster leads to this type's
   */
  default <T> T decode(String json, MessageType written, Class<T> type) {
    MessageType wanted = MessageType.of(type);
    if (!canRead(written, wanted)) {
      throw new UnreadablePayloadException(
          "expected "
              + wanted
              + ", or a version from which upcasters lead to it, but found "
              + written,
          new IllegalArgumentException(written.toString()));
    }
    return decode(json, type);
  }
}
