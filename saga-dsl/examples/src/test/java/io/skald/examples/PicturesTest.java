package io.skald.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.examples.MoneyTransfer.Debited;
import io.skald.examples.MoneyTransfer.FraudChecked;
import io.skald.examples.MoneyTransfer.Transfer;
import io.skald.examples.TravelBooking.CarRented;
import io.skald.examples.TravelBooking.FlightBooked;
import io.skald.examples.TravelBooking.HotelBooked;
import io.skald.examples.TravelBooking.Trip;
import io.skald.examples.TravelBooking.TripRequested;
import io.skald.machine.SagaStatus;
import io.skald.testkit.SagaTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The pictures of docs/examples.md are what the definitions say. With {@code -Dpictures=renew} they
 * are written anew.
 */
class PicturesTest {

  private static final String PAGE = "examples.md";
  private static final Pattern PICTURE =
      Pattern.compile("<!-- picture: (\\S+) -->\n```mermaid\n(.*?)```\n", Pattern.DOTALL);

  @Test
  void shouldShowWhatTheDefinitionsSay_whenThePageIsRead() throws IOException {
    // given
    Map<String, String> pictures = pictures();
    if ("renew".equals(System.getProperty("pictures"))) {
      renew(pictures);
    }
    // then
    Map<String, String> found = new LinkedHashMap<>();
    PICTURE.matcher(Docs.text(PAGE)).results().forEach(m -> found.put(m.group(1), m.group(2)));
    assertThat(found).isEqualTo(pictures);
  }

  private static void renew(Map<String, String> pictures) throws IOException {
    String page =
        PICTURE
            .matcher(Docs.text(PAGE))
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "<!-- picture: "
                            + found.group(1)
                            + " -->\n```mermaid\n"
                            + pictures.getOrDefault(found.group(1), "")
                            + "```\n"));
    Files.writeString(Docs.file(PAGE), page);
  }

  private static Map<String, String> pictures() {
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put("travel-booking", TravelBooking.definition().toMermaid());
    pictures.put("money-transfer", MoneyTransfer.definition().toMermaid());
    pictures.put("sign-up", SignUp.definition().toMermaid());
    pictures.put("food-delivery", FoodDelivery.definition().toMermaid());
    pictures.put("a-transfer-that-waits", SagaPicture.of(MoneyTransfer.definition(), waiting()));
    pictures.put("a-trip-that-is-parked", SagaPicture.of(TravelBooking.definition(), parked()));
    return pictures;
  }

  private static SagaTest<Transfer> waiting() {
    return SagaTest.of(MoneyTransfer.definition())
        .start(Transfer.of("X-1", "from", "to", 500_00))
        .succeed("debit", new Debited("B-1"))
        .succeed("fraud", new FraudChecked(90))
        .expectWaitingAt("approval");
  }

  private static SagaTest<Trip> parked() {
    return SagaTest.of(TravelBooking.definition())
        .start(Trip.of(new TripRequested("T-1", "ann", 129_00)))
        .succeed("hotel", new HotelBooked("101"))
        .succeed("flight", new FlightBooked("12A"))
        .succeed("car", new CarRented("B-XY 1"))
        .refuse("payment", "NO_FUNDS")
        .compensated("hotel")
        .staySilentForGood("flight")
        .expectStatus(SagaStatus.PARKED);
  }
}
