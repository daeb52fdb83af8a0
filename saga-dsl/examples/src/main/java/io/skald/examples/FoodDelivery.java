package io.skald.examples;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.util.List;
import java.util.Optional;

/**
 * A meal: the money is put aside, each dish is given to its kitchen, and the meal waits until the
 * kitchens say that it is ready. When that takes too long the customer is told once, and the saga
 * waits no longer but goes on with what a courier finds. What the courier has taken is paid for.
 */
public final class FoodDelivery {

  static final Topic MEALS = Topic.of("meal-events");
  static final Participant PAYMENTS = Participant.named("payments");
  static final Participant KITCHENS = Participant.named("kitchens");
  static final Participant COURIERS = Participant.named("couriers");
  static final Participant MESSAGES = Participant.named("messages");

  private FoodDelivery() {}

  /** One dish of a meal. */
  public record Dish(String id, String kitchen, String name) {}

  public record MealOrdered(String mealId, long cents, List<Dish> dishes) {}

  public record HoldMoney(String mealId, long cents) implements Command<MoneyHeld> {}

  public record MoneyHeld(String holdId) {}

  public record ReleaseMoney(String mealId, Optional<String> holdId)
      implements Command<MoneyReleased> {}

  public record MoneyReleased() {}

  public record CookDish(String mealId, String dishId, String kitchen, String name)
      implements Command<DishAccepted> {}

  public record DishAccepted(int minutes) {}

  public record DropDish(String mealId, String dishId) implements Command<DishDropped> {}

  public record DishDropped() {}

  /** The signal of the kitchens. */
  public record MealReady(String counter) {}

  public record Apologise(String mealId) implements Command<Apologised> {}

  public record Apologised() {}

  public record PickUp(String mealId, Optional<String> counter) implements Command<PickedUp> {}

  public record PickedUp(String courier) {}

  public record TakeMoney(String mealId) implements Command<MoneyTaken> {}

  public record MoneyTaken() {}

  public record AskForRating(String mealId, String courier) implements Command<RatingAsked> {}

  public record RatingAsked() {}

  /** What the saga carries along. */
  public record Meal(
      String id,
      long cents,
      List<Dish> dishes,
      int minutes,
      Optional<String> counter,
      Optional<String> courier) {

    static Meal of(MealOrdered event) {
      return new Meal(
          event.mealId(), event.cents(), event.dishes(), 0, Optional.empty(), Optional.empty());
    }

    /** The slowest dish says how long the meal takes, so it does not matter who answers first. */
    Meal with(DishAccepted accepted) {
      return new Meal(id, cents, dishes, Math.max(minutes, accepted.minutes()), counter, courier);
    }

    Meal readyAt(MealReady ready) {
      return new Meal(id, cents, dishes, minutes, Optional.of(ready.counter()), courier);
    }

    Meal takenBy(PickedUp picked) {
      return new Meal(id, cents, dishes, minutes, counter, Optional.of(picked.courier()));
    }
  }

  public static SagaDefinition<Meal> definition() {
    return Saga.define("food-delivery", 1, Meal.class)
        .startedBy(MEALS, MealOrdered.class, MealOrdered::mealId, Meal::of)
        .deadline(ofMinutes(120))
        .step("money", PAYMENTS, HoldMoney.class, meal -> new HoldMoney(meal.id(), meal.cents()))
        .compensate(
            ReleaseMoney.class,
            (meal, held) -> new ReleaseMoney(meal.id(), Optional.of(held.holdId())),
            ReleaseMoney.class,
            meal -> new ReleaseMoney(meal.id(), Optional.empty()))
        .forEach(
            "dishes",
            Dish.class,
            Meal::dishes,
            Dish::id,
            20,
            each ->
                each.step(
                        "cook",
                        KITCHENS,
                        CookDish.class,
                        of ->
                            new CookDish(
                                of.data().id(),
                                of.item().id(),
                                of.item().kitchen(),
                                of.item().name()))
                    .onReply((of, accepted) -> of.with(of.data().with(accepted)))
                    .compensate(DropDish.class, of -> new DropDish(of.data().id(), of.item().id())))
        .await(
            "ready",
            MealReady.class,
            ofMinutes(60),
            Meal::readyAt,
            late ->
                late.step("apology", MESSAGES, Apologise.class, meal -> new Apologise(meal.id()))
                    .nothingToCompensate())
        .pivot("courier", COURIERS, PickUp.class, meal -> new PickUp(meal.id(), meal.counter()))
        .onReply(Meal::takenBy)
        .parallel(
            "after",
            all ->
                all.then("charge", PAYMENTS, TakeMoney.class, meal -> new TakeMoney(meal.id()))
                    .retry(Retry.exponential(ofSeconds(1)).unlimited())
                    .inOrder(
                        later ->
                            later
                                .pause("eating", ofMinutes(45))
                                .then(
                                    "rating",
                                    MESSAGES,
                                    AskForRating.class,
                                    meal ->
                                        new AskForRating(meal.id(), meal.courier().orElseThrow()))))
        .build();
  }
}
