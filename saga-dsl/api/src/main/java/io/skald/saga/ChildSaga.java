package io.skald.saga;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Which saga a step runs, where a step is a saga of its own: its definition's name and version. The
 * child has an id, a key and a history of its own. Its id follows from its parent's and the step's
 * name, so a start that is repeated finds the child that is there already.
 *
 * @param definition the child's definition, which is to be deployed beside the parent's
 * @param version the one version that the parent was written for
 */
public record ChildSaga(String definition, int version) {

  /** As long as a saga's key may be. */
  private static final int LONGEST_KEY = 200;

  public ChildSaga {
    Objects.requireNonNull(definition, "definition");
  }

  /** The id of the child that is this step of this parent; always the same. */
  public SagaId id(SagaId parent, StepName step) {
    return SagaId.forKey(definition, parent + "/" + step);
  }

  /**
   * The key of the child that is this step of a parent with this key: {@code key/step}, or {@code
   * key/step/item}. Where that would be too long a digest stands in for the parent's key.
   */
  public static String key(String parentKey, StepName step) {
    String key = parentKey + "/" + step;
    return key.codePointCount(0, key.length()) <= LONGEST_KEY
        ? key
        : digest(parentKey) + "/" + step;
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return definition + " v" + version;
  }
}
