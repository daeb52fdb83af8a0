package io.skald.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTest {

  private static final Order ORDER =
      new Orders(Profile.HAPPY, Participants.TRIVIAL, List.of("payment"), Catalogue.DEMO, "ORD-", 1)
          .next();

  @Test
  void shouldPutTheOrderIntoTheDataOfItsOwnSagas() {
    assertThat(Recipe.of(Participants.TRIVIAL, 3).data(ORDER))
        .isEqualTo("{\"placed\":" + ORDER.json() + "}");
    assertThat(Recipe.of(Participants.TRIVIAL, 50).data(ORDER))
        .isEqualTo("{\"placed\":" + ORDER.json() + "}");
  }

  @Test
  void shouldPostTheOrderItself_whenTheSagaIsTheShops() {
    assertThat(Recipe.of(Participants.SHOP, 3).data(ORDER)).isEqualTo(ORDER.json());
  }
}
