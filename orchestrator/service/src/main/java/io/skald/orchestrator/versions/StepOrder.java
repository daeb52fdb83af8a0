package io.skald.orchestrator.versions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What has become of the order of steps: where new ones stand, and which have moved. */
final class StepOrder {

  private final List<String> now;
  private final List<String> keptBefore;
  private final List<String> keptNow;

  StepOrder(List<String> before, List<String> now) {
    this.now = now;
    this.keptBefore = before.stream().filter(now::contains).toList();
    this.keptNow = now.stream().filter(before::contains).toList();
  }

  /** Which one a new step is, and between which others. */
  String added(String step) {
    int place = now.indexOf(step);
    String where;
    if (now.size() == 1) {
      where = "alone";
    } else if (place == 0) {
      where = "before '" + now.get(1) + "'";
    } else if (place == now.size() - 1) {
      where = "behind '" + now.get(place - 1) + "'";
    } else {
      where = "between '" + now.get(place - 1) + "' and '" + now.get(place + 1) + "'";
    }
    return " (" + ordinal(place + 1) + ") is new, " + where;
  }

  /** As few steps as must have moved for the one order to become the other. */
  List<Difference> moves(Function<String, Place> place) {
    List<String> apart = new ArrayList<>();
    for (int i = 0; i < keptNow.size(); i++) {
      if (!keptNow.get(i).equals(keptBefore.get(i))) {
        apart.add(keptNow.get(i));
      }
    }
    if (apart.size() == 2) {
      return List.of(
          new Difference(
              Set.copyOf(apart),
              place.apply(apart.get(1))
                  + " and "
                  + place.apply(apart.get(0))
                  + " have changed places"));
    }
    List<Difference> moves = new ArrayList<>();
    Set<String> still = Set.copyOf(longestInOrder());
    for (String step : keptNow) {
      if (!still.contains(step)) {
        String sentence =
            place.apply(step)
                + " has moved: it was "
                + whereIn(keptBefore, step)
                + " and is "
                + whereIn(keptNow, step);
        moves.add(new Difference(Set.of(step), sentence));
      }
    }
    return moves;
  }

  private static String whereIn(List<String> order, String step) {
    int place = order.indexOf(step);
    return place == 0 ? "first" : "behind '" + order.get(place - 1) + "'";
  }

  /** The most steps that have kept their order: those need not have moved. */
  private List<String> longestInOrder() {
    int size = keptNow.size();
    int[] length = new int[size];
    int[] previous = new int[size];
    Arrays.fill(previous, -1);
    int best = -1;
    for (int i = 0; i < size; i++) {
      length[i] = 1;
      for (int j = 0; j < i; j++) {
        if (placeBefore(j) < placeBefore(i) && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          previous[i] = j;
        }
      }
      best = best < 0 || length[i] > length[best] ? i : best;
    }
    List<String> longest = new ArrayList<>();
    for (int i = best; i >= 0; i = previous[i]) {
      longest.add(keptNow.get(i));
    }
    return longest;
  }

  private int placeBefore(int index) {
    return keptBefore.indexOf(keptNow.get(index));
  }

  private static String ordinal(int number) {
    int tens = number % 100;
    String ending =
        tens >= 11 && tens <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
