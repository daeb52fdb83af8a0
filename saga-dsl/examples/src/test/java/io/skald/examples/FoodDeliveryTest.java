package io.skald.examples;

import static java.time.Duration.ofMinutes;

import io.skald.examples.FoodDelivery.Apologised;
import io.skald.examples.FoodDelivery.Dish;
import io.skald.examples.FoodDelivery.DishAccepted;
import io.skald.examples.FoodDelivery.Meal;
import io.skald.examples.FoodDelivery.MealOrdered;
import io.skald.examples.FoodDelivery.MealReady;
import io.skald.examples.FoodDelivery.MoneyHeld;
import io.skald.examples.FoodDelivery.MoneyTaken;
import io.skald.examples.FoodDelivery.PickUp;
import io.skald.examples.FoodDelivery.PickedUp;
import io.skald.examples.FoodDelivery.RatingAsked;
import io.skald.examples.FoodDelivery.ReleaseMoney;
import io.skald.machine.SagaStatus;
import io.skald.testkit.SagaTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoodDeliveryTest {

  private static final List<Dish> DISHES =
      List.of(new Dish("d1", "thai", "curry"), new Dish("d2", "sushi", "maki"));

  private final SagaTest<Meal> saga =
      SagaTest.of(FoodDelivery.definition())
          .start(Meal.of(new MealOrdered("M-1", 31_00, DISHES)))
          .succeed("money", new MoneyHeld("H-1"));

  @Test
  void shouldBePaidAndRated_whenTheKitchensAreInTime() {
    saga.expectUnderWay("cook/d1", "cook/d2")
        .succeed("cook/d2", new DishAccepted(10))
        .succeed("cook/d1", new DishAccepted(25))
        .expectWaitingAt("ready")
        .signal("ready", new MealReady("3"))
        .expectCommand("courier", new PickUp("M-1", Optional.of("3")))
        .succeed("courier", new PickedUp("cid"))
        .expectWaitingAt("eating")
        .succeed("charge", new MoneyTaken())
        .advance(ofMinutes(45))
        .succeed("rating", new RatingAsked())
        .expectStatus(SagaStatus.COMPLETED);
  }

  @Test
  void shouldApologiseAndSendTheCourierAllTheSame_whenTheKitchensAreLate() {
    saga.succeed("cook/d1", new DishAccepted(10))
        .succeed("cook/d2", new DishAccepted(10))
        .advance(ofMinutes(60))
        .succeed("apology", new Apologised())
        .expectCommand("courier", new PickUp("M-1", Optional.empty()));
  }

  @Test
  void shouldDropTheOtherDishAndReleaseTheMoney_whenAKitchenIsClosed() {
    saga.succeed("cook/d1", new DishAccepted(10))
        .refuse("cook/d2", "CLOSED")
        .expectCompensations("cook/d1")
        .compensated("cook/d1")
        .expectCommand("money", new ReleaseMoney("M-1", Optional.of("H-1")))
        .compensated("money")
        .expectStatus(SagaStatus.COMPENSATED);
  }

  @Test
  void shouldNotWait_whenTheMealWasReadyBefore() {
    saga.signal("ready", new MealReady("3"))
        .succeed("cook/d1", new DishAccepted(10))
        .succeed("cook/d2", new DishAccepted(10))
        .expectUnderWay("courier");
  }
}
