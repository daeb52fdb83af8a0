package io.skald.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The definition that sagas are started of.
 *
 * @param definition its name
 * @param startTopic where an event starts one
 * @param startEvent that event's type
 * @param steps the names of those steps that the bench can make fail
 */
record Recipe(String definition, String startTopic, String startEvent, List<String> steps) {

  private static final int SHORT = 3;
  private static final String LAST_STEP = "shipping";
  private static final List<String> SHORT_STEPS = List.of("payment", "inventory", LAST_STEP);

  Recipe {
    steps = List.copyOf(steps);
  }

  static Recipe of(Participants participants, int steps) {
    if (participants == Participants.SHOP) {
      return new Recipe("order", "order-events", "OrderCreated", SHORT_STEPS);
    }
    return steps == SHORT
        ? new Recipe("bench-order", "bench-order-events", "OrderCreated", SHORT_STEPS)
        : new Recipe("bench-wide", "bench-order-events", "WideOrderCreated", wide(steps));
  }

  /** The data that a saga starts with when nobody makes it of an event. */
  String data(Order order) {
    return definition.startsWith("bench-") ? "{\"placed\":" + order.json() + "}" : order.json();
  }

  /** How many of the steps a participant of the bench has. */
  long stepsOf(TrivialParticipants.Role role) {
    return IntStream.range(0, steps.size()).filter(at -> roleOf(at) == role).count();
  }

  /** Payment and inventory take turns, shipping is the last. */
  private TrivialParticipants.Role roleOf(int at) {
    if (at == steps.size() - 1) {
      return TrivialParticipants.Role.SHIPPING;
    }
    return at % 2 == 0 ? TrivialParticipants.Role.PAYMENT : TrivialParticipants.Role.INVENTORY;
  }

  private static List<String> wide(int steps) {
    return Stream.concat(
            IntStream.range(1, steps).mapToObj(n -> String.format(Locale.ROOT, "step-%03d", n)),
            Stream.of(LAST_STEP))
        .collect(Collectors.toList());
  }
}
