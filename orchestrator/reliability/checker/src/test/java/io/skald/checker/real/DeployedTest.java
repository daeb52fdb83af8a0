package io.skald.checker.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.checker.DefinitionShape;
import io.skald.checker.wire.Layout;
import io.skald.saga.Retry;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployedTest {

  record Trip(String id) {}

  record Booked(String id) {}

  record Book(String id) implements Command<Booked> {}

  record Cancel(String id) implements Command<Booked> {}

  @Test
  void shouldReadTheShape_whenADefinitionIsRegistered() {
    // given
    Retry retry = Retry.exponential(Duration.ofSeconds(1)).maxAttempts(3);
    Participant air = Participant.named("airline");
    SagaDefinition<Trip> trip =
        Saga.define("trip", 2, Trip.class)
            .startedBy(Topic.of("trip-events"), Booked.class, Booked::id, e -> new Trip(e.id()))
            .step("flight", air, Book.class, t -> new Book(t.id()))
            .timeout(Duration.ofSeconds(1))
            .retry(retry)
            .compensate(Cancel.class, t -> new Cancel(t.id()))
            .pivot("hotel", Participant.named("hotel"), Book.class, t -> new Book(t.id()))
            .timeout(Duration.ofSeconds(1))
            .retry(retry)
            .build();
    // when
    Deployed read = Deployed.of(trip.toJson());
    // then
    assertThat(read.shape()).isEqualTo(DefinitionShape.of(trip));
    assertThat(read.starts())
        .containsExactly(new Layout.Start(Topic.of("trip-events"), MessageType.of(Booked.class)));
  }

  @Test
  void shouldReadTheTree_whenADefinitionHasBlocks() {
    // given
    Participant air = Participant.named("airline");
    SagaDefinition<Trip> trip =
        Saga.define("trip", 1, Trip.class)
            .startedByApi()
            .parallel(
                "book",
                branches ->
                    branches
                        .inOrder(
                            two ->
                                two.step("flight", air, Book.class, t -> new Book(t.id()))
                                    .compensate(Cancel.class, t -> new Cancel(t.id()))
                                    .pause("rest", Duration.ofSeconds(1)))
                        .step("seat", air, Book.class, t -> new Book(t.id()))
                        .nothingToCompensate())
            .when(
                "far",
                t -> true,
                then -> then.pause("think", Duration.ofSeconds(1)),
                otherwise -> otherwise.pause("hurry", Duration.ofSeconds(1)))
            .forEach(
                "legs",
                Trip.class,
                t -> List.of(t),
                Trip::id,
                3,
                body ->
                    body.step("leg", air, Book.class, e -> new Book(e.item().id()))
                        .nothingToCompensate())
            .await("approval", Booked.class, Duration.ofDays(1), (t, booked) -> t)
            .await(
                "second",
                Booked.class,
                Duration.ofDays(1),
                (t, booked) -> t,
                late -> late.pause("patience", Duration.ofDays(1)))
            .build();
    // when
    Deployed read = Deployed.of(trip.toJson());
    // then
    assertThat(read.shape()).isEqualTo(DefinitionShape.of(trip));
    assertThat(read.shape().steps()).hasSize(3);
  }
}
