package io.skald.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes orders, one after the other, as the profile wants them. What a seed draws it draws again;
 * ids begin with a word of the run's own. For one thread.
 */
final class Orders {
  static final String COMPLETED = "SagaCompleted";
  static final String COMPENSATED = "SagaCompensated";

  /** No carrier goes there. */
  private static final String REFUSED_COUNTRY = "AQ";

  private static final String COUNTRY = "DE";

  private final Profile profile;
  private final Participants participants;
  private final List<String> steps;
  private final String idPrefix;
  private final SplittableRandom random;
  private long made;

  Orders(
      Profile profile, Participants participants, List<String> steps, String idPrefix, long seed) {
    this.profile = profile;
    this.participants = participants;
    this.steps = List.copyOf(steps);
    this.idPrefix = idPrefix;
    this.random = new SplittableRandom(seed);
  }

  Order next() {
    made++;
    boolean refused = random.nextDouble() < profile.refused();
    return new Order(
        idPrefix + made,
        fields(refused ? REFUSED_COUNTRY : COUNTRY),
        refused ? COMPENSATED : COMPLETED);
  }

  private String fields(String country) {
    return switch (participants) {
      // The least amount and quantity that there are, so that the demo data lasts for a million.
      case SHOP ->
          "\"userId\":\"USR-123\",\"items\":[{\"productId\":\"PROD-456\",\"quantity\":1}],"
              + "\"totalAmount\":0.01,\"country\":\""
              + country
              + "\"";
      case TRIVIAL ->
          "\"userId\":\"USR-"
              + random.nextInt(100_000)
              + "\",\"items\":[{\"productId\":\"PROD-456\",\"quantity\":1},"
              + "{\"productId\":\"PROD-789\",\"quantity\":2}],\"totalAmount\":"
              + random.nextInt(1, 1000)
              + ".99,\"country\":\""
              + country
              + "\",\"failing\":["
              + failing()
              + "]";
    };
  }

  private String failing() {
    if (profile.failing() == 0) {
      return "";
    }
    List<String> names = new ArrayList<>();
    for (String step : steps) {
      if (random.nextDouble() < profile.failing()) {
        names.add("\"" + step + "\"");
      }
    }
    return String.join(",", names);
  }
}
