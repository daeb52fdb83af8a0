package io.skald.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.trips.Trips;
import io.quarkus.deployment.index.IndexWrapper;
import io.quarkus.deployment.index.PersistentClassIndex;
import io.skald.saga.Saga;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

class SagaTypesTest {

  private static final ClassLoader LOADER = SagaTypesTest.class.getClassLoader();

  @Test
  void shouldFindWhatADefinitionNamesAndTheRepliesToIt_whenItsMessagesAreInNoIndex() {
    assertThat(typesOf(Trips.class, Trips.Elsewhere.class))
        .containsOnly(
            Map.entry("Trip", "named by com.example.trips.Trips"),
            Map.entry("Leg", "held by com.example.trips.Trips$Trip"),
            Map.entry("Flight", "a kind of com.example.trips.Trips$Leg"),
            Map.entry("Train", "a kind of com.example.trips.Trips$Leg"),
            Map.entry("Seat", "held by com.example.trips.Trips$Train"),
            Map.entry("Stays", "held by com.example.trips.Trips$Trip"),
            Map.entry("Page", "above com.example.trips.Trips$Stays"),
            Map.entry("Night", "above com.example.trips.Trips$Stays"),
            Map.entry("TripWanted", "named by com.example.trips.Trips"),
            Map.entry("BookRoom", "named by com.example.trips.Trips"),
            Map.entry("RoomBooked", "the reply to com.example.trips.Trips$BookRoom"),
            Map.entry("CancelRoom", "named by com.example.trips.Trips"),
            Map.entry("RoomCancelled", "the reply to com.example.trips.Trips$CancelRoom"),
            Map.entry("Approval", "named by com.example.trips.Trips"));
  }

  @Test
  void shouldFindCommandsWithTheirReplies_whenNoDefinitionNamesThem() {
    assertThat(typesOf(Trips.PrintTicket.class))
        .containsOnly(
            Map.entry("PrintTicket", "a command"),
            Map.entry("TicketPrinted", "the reply to com.example.trips.Trips$PrintTicket"));
  }

  @Test
  void shouldFindNothing_whenAClassHasNothingToDoWithSagas() {
    assertThat(typesOf(Trips.Elsewhere.class)).isEmpty();
  }

  /** Simple names of what is found in an application of these classes, and why. */
  private static Map<String, String> typesOf(Class<?>... application) {
    try {
      Index index = Index.of(with(Saga.class, application));
      return SagaTypes.of(
              new IndexWrapper(index, LOADER, new PersistentClassIndex()),
              LOADER::getResourceAsStream)
          .entrySet()
          .stream()
          .collect(
              Collectors.toMap(
                  found -> found.getKey().withoutPackagePrefix().replaceFirst(".*\\$", ""),
                  Map.Entry::getValue));
    } catch (IOException e) {
      throw new AssertionError("Expected to read the classes of this test", e);
    }
  }

  private static Class<?>[] with(Class<?> first, Class<?>... others) {
    Class<?>[] all = new Class<?>[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }
}
