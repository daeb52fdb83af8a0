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
  private final Catalogue catalogue;
  private final SplittableRandom random;
  private long made;

  Orders(
      Profile profile,
      Participants participants,
      List<String> steps,
      Catalogue catalogue,
      String idPrefix,
      long seed) {
    this.catalogue = catalogue;
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
        fields(refused ? REFUSED_COUNTRY : COUNTRY, failing()),
        refused ? COMPENSATED : COMPLETED);
  }

  /** One whose first attempts at these steps fail, whatever the profile says. */
  Order failing(List<String> names) {
    made++;
    return new Order(
        idPrefix + made, fields(COUNTRY, "\"" + String.join("\",\"", names) + "\""), COMPLETED);
  }

  private String fields(String country, String failing) {
    return switch (participants) {
      // The least amount and quantity that there are, so that the demo data lasts for a million.
      case SHOP ->
          "\"userId\":\""
              + catalogue.customer(random)
              + "\",\"items\":[{\"productId\":\""
              + catalogue.product(random)
              + "\",\"quantity\":1}],"
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
              + failing
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
