package io.skald.orchestrator.lane;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record, as they are on the wire. To its readers a map of texts; a value becomes
 * text only when it is asked for, since a lane reads ten of twenty. Of two headers with one name
 * the later counts. Immutable; safe on every thread.
 */
public final class MessageHeaders extends AbstractMap<String, String> {

  private final String[] names;
  private final byte[][] values;

  private MessageHeaders(String[] names, byte[][] values) {
    this.names = names;
    this.values = values;
  }

  /** Gathers headers in order. Not thread-safe. */
  public static final class Builder {

    private String[] names;
    private byte[][] values;
    private int size;

    /**
     * @param expected how many there will be, more or less
     */
    public Builder(int expected) {
      names = new String[expected];
      values = new byte[expected][];
    }

    public Builder add(String name, String value) {
      return add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param value in UTF-8; not to be changed
     */
    public Builder add(String name, byte[] value) {
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2 + 1);
        values = Arrays.copyOf(values, size * 2 + 1);
      }
      names[size] = name;
      values[size] = value;
      size++;
      return this;
    }

    public MessageHeaders build() {
      return new MessageHeaders(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }
  }

  /** The same headers, copied unless they are immutable already. */
  public static MessageHeaders of(Map<String, String> headers) {
    if (headers instanceof MessageHeaders immutable) {
      return immutable;
    }
    Builder builder = new Builder(headers.size());
    headers.forEach(builder::add);
    return builder.build();
  }

  /** Goes through all of them, in order; the values are not to be changed. */
  public void forEachOnWire(BiConsumer<String, byte[]> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], values[i]);
    }
  }

  /** What they take on the wire, names and values together, in bytes (names are ASCII). */
  public int bytes() {
    int bytes = 0;
    for (int i = 0; i < names.length; i++) {
      bytes += names[i].length() + values[i].length;
    }
    return bytes;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    for (int i = names.length - 1; i >= 0; i--) {
      if (names[i].equals(name)) {
        return new String(values[i], StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    Map<String, String> texts = new LinkedHashMap<>();
    forEachOnWire((name, value) -> texts.put(name, new String(value, StandardCharsets.UTF_8)));
    return Set.copyOf(texts.entrySet());
  }
}
