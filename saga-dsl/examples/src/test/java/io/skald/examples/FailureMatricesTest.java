package io.skald.examples;

import io.skald.examples.FoodDelivery.Dish;
import io.skald.examples.FoodDelivery.Meal;
import io.skald.examples.FoodDelivery.MealOrdered;
import io.skald.examples.FoodDelivery.MealReady;
import io.skald.examples.MoneyTransfer.Approved;
import io.skald.examples.MoneyTransfer.CheckForFraud;
import io.skald.examples.MoneyTransfer.FraudChecked;
import io.skald.examples.MoneyTransfer.Transfer;
import io.skald.examples.SignUp.AddressConfirmed;
import io.skald.testkit.FailureMatrix;
import io.skald.testkit.junit.FailureMatrixTests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every fault at every step and wait of the four, alone and in pairs. */
class FailureMatricesTest {

  private static final List<Dish> DISHES =
      List.of(new Dish("d1", "thai", "curry"), new Dish("d2", "sushi", "maki"));

  @TestFactory
  Stream<DynamicNode> shouldBookATripLawfully_whateverFails() {
    return FailureMatrixTests.of(FailureMatrix.of(TravelBooking.definition()));
  }

  @TestFactory
  Stream<DynamicNode> shouldTransferMoneyLawfully_whateverFails() {
    return FailureMatrixTests.of(transfers(90));
  }

  @TestFactory
  Stream<DynamicNode> shouldTransferUnsuspiciousMoneyLawfully_whateverFails() {
    return FailureMatrixTests.of(transfers(10));
  }

  @TestFactory
  Stream<DynamicNode> shouldSignUpLawfully_whateverFails() {
    return FailureMatrixTests.of(
        FailureMatrix.of(SignUp.definition())
            .signal("confirmation", new AddressConfirmed("phone")));
  }

  @TestFactory
  Stream<DynamicNode> shouldDeliverFoodLawfully_whateverFails() {
    return FailureMatrixTests.of(
        FailureMatrix.of(FoodDelivery.definition(), Meal.of(new MealOrdered("M-1", 31_00, DISHES)))
            .signal("ready", new MealReady("3")));
  }

  private static FailureMatrix<Transfer> transfers(int score) {
    return FailureMatrix.of(MoneyTransfer.definition(), Transfer.of("X-1", "from", "to", 500_00))
        .reply("fraud", CheckForFraud.class, check -> new FraudChecked(score))
        .signal("approval", new Approved("ann"));
  }
}
