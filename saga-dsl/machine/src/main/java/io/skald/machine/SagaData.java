package io.skald.machine;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.UnreadablePayloadException;
import java.util.Map;

/**
 * A saga's data as text. It has no header that could name its version, so the version stands in the
 * text, as first member {@value #VERSION}; version 1 goes without. Data of an older version is
 * brought up to date when it is read, and is stored so with the next reply that changes it.
 */
public final class SagaData {

  /** The member that says which version of its type the data is written in. */
  public static final String VERSION = "@dataversion";

  private static final String QUOTED = "\"" + VERSION + "\"";
  private static final String STAMP = "{" + QUOTED + ":";

  private SagaData() {}

  /**
   * The text to store.
   *
   * @throws UnreadablePayloadException when the data can't be written
   */
  public static String encode(PayloadCodec codec, Object data) {
    String json = codec.encode(data);
    if (json.equals("null")) {
      return json; // A function gave nothing; whoever reads it says so.
    }
    int version = MessageType.of(data.getClass()).version();
    if (version == 1) {
      return json;
    }
    if (!json.startsWith("{")) {
      throw new UnreadablePayloadException(
          "expected a " + data.getClass().getSimpleName() + " with a version to be a JSON object",
          new IllegalArgumentException("no object"));
    }
    return STAMP + version + (json.startsWith("{}") ? "" : ",") + json.substring(1);
  }

  /**
   * Data that was stored: in version 1, unless it says another.
   *
   * @throws UnreadablePayloadException when it is not such data, or in a version from which no
   *     upcaster leads to this one
   */
  public static <D> D decode(PayloadCodec codec, String json, Class<D> type) {
    return decode(codec, json, type, 1);
  }

  /**
   * Data that somebody gives a saga to start with: in the version that is wanted, unless it says
   * another.
   *
   * @throws UnreadablePayloadException as {@link #decode}
   */
  public static <D> D decodeGiven(PayloadCodec codec, String json, Class<D> type) {
    return decode(codec, json, type, MessageType.of(type).version());
  }

  private static <D> D decode(PayloadCodec codec, String json, Class<D> type, int unsaid) {
    MessageType wanted = MessageType.of(type);
    // What this code has written needs no second look: it says its version first.
    if (json.startsWith(STAMP + wanted.version() + ",")) {
      return codec.decode(json, type);
    }
    int version = json.contains(QUOTED) ? said(codec, json, unsaid) : unsaid;
    return codec.decode(json, new MessageType(wanted.name(), version), type);
  }

  private static int said(PayloadCodec codec, String json, int unsaid) {
    Object version = codec.decode(json, Map.class).get(VERSION);
    return version instanceof Integer number && number >= 1 ? number : unsaid;
  }
}
