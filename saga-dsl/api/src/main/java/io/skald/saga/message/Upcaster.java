package io.skald.saga.message;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Brings a payload of an old schema version to the next one: how messages that wait in Kafka, and
 * data that stands in a database, are read by code that came later.
 *
 * <p>Each lifts by one version; from 1 to 3 goes through two of them. What it is about is a name on
 * the wire: a reply's, a start event's, a command's, or that of a saga's data, which is the simple
 * name of its class unless {@link Message} says another. An orchestrator and a participant use
 * every upcaster that is a bean.
 *
 * <p>Pure and quick, and called from many threads. One that throws is a defect of user code: a
 * reply or data parks its saga, an event or a command goes to the dead letters. Keep it for as long
 * as such a payload may come.
 */
public interface Upcaster {

  /** What it takes; it gives the next version of the same message. */
  MessageType from();

  /**
   * The payload in the next version.
   *
   * @param payload the JSON object: texts, booleans, numbers (whole ones {@code Integer}, {@code
   *     Long} or {@code BigInteger}, others {@code BigDecimal}), nulls, lists and maps. It belongs
   *     to the upcaster, which may change it and give it back
   */
  Map<String, Object> upcast(Map<String, Object> payload);

  /**
   * An upcaster from a function.
   *
   * @param name the message's name on the wire
   * @param version the version that it takes
   */
  static Upcaster of(String name, int version, UnaryOperator<Map<String, Object>> change) {
    MessageType from = new MessageType(name, version);
    Objects.requireNonNull(change, "change");
    return new Upcaster() {
      @Override
      public MessageType from() {
        return from;
      }

      @Override
      public Map<String, Object> upcast(Map<String, Object> payload) {
        return change.apply(payload);
      }

      @Override
      public String toString() {
        return "upcaster of " + from;
      }
    };
  }
}
