package io.skald.orchestrator.journal;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skald.orchestrator.lane.Trips;
import io.skald.orchestrator.lane.Trips.Do;
import io.skald.orchestrator.lane.Trips.Trip;
import io.skald.orchestrator.lane.Trips.Undo;
import io.skald.saga.Saga;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Participant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law L10: definitions do not drift under the sagas that are pinned to them. */
class DefinitionRegistryIT {

  @TempDir static Path directory;

  private static Database database;

  private DefinitionRegistry registry;

  @BeforeAll
  static void start() {
    database = Database.start(directory.resolve("postgres"));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void clear() {
    database.clear(1);
    registry = new DefinitionRegistry(database.dataSource());
  }

  @Test
  void shouldStart_whenNothingOrOnlyPoliciesHaveChanged() {
    // given
    registry.register(List.of(stay(1, Trips.HOTEL, ofSeconds(10))));
    // when, then
    assertThatCode(() -> registry.register(List.of(stay(1, Trips.HOTEL, ofSeconds(20)))))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseToStart_whenAStructureHasChangedUnderItsVersion() {
    // given
    registry.register(List.of(stay(1, Trips.HOTEL, ofSeconds(10))));
    database.execute(
        """
        insert into saga (id, shard, definition, version, status, saga_key, seq, data, state,
            created_at, updated_at, next_due_at)
        values (gen_random_uuid(), 0, 'stay', 1, 'RUNNING', 'a', 1, '{}', '{}', now(), now(), now()),
            (gen_random_uuid(), 0, 'stay', 2, 'RUNNING', 'b', 1, '{}', '{}', now(), now(), now())
        """);
    // when, then
    assertThatThrownBy(() -> registry.register(List.of(stay(1, Trips.FLIGHT, ofSeconds(10)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Definition stay v1 has changed while its version has not")
        .hasMessageContaining("1 live sagas run on it")
        .hasMessageContaining("step 'room': participant was hotel and is flight");
  }

  @Test
  void shouldTellAllAndWriteNothing_whenAskedForFaults() {
    // given
    registry.register(
        List.of(stay(1, Trips.HOTEL, ofSeconds(10)), stay(2, Trips.HOTEL, ofSeconds(10))));
    // when, then
    assertThat(
            registry.faults(
                List.of(
                    stay(1, Trips.FLIGHT, ofSeconds(10)),
                    stay(2, Trips.BANK, ofSeconds(10)),
                    stay(3, Trips.BANK, ofSeconds(10)))))
        .satisfiesExactly(
            first -> assertThat(first).contains("stay v1").contains("hotel and is flight"),
            second -> assertThat(second).contains("stay v2").contains("hotel and is bank"));
    assertThat(database.query("select version from definition order by 1"))
        .containsExactly("1", "2");
  }

  @Test
  void shouldStart_whenAChangedStructureHasAVersionOfItsOwn() {
    // given
    registry.register(List.of(stay(1, Trips.HOTEL, ofSeconds(10))));
    // when, then
    assertThatCode(
            () ->
                registry.register(
                    List.of(
                        stay(1, Trips.HOTEL, ofSeconds(10)), stay(2, Trips.FLIGHT, ofSeconds(10)))))
        .doesNotThrowAnyException();
  }

  private static SagaDefinition<Trip> stay(int version, Participant participant, Duration timeout) {
    return Saga.define("stay", version, Trip.class)
        .startedByApi()
        .step("room", participant, Do.class, trip -> new Do(trip.id(), "room"))
        .timeout(timeout)
        .compensate(Undo.class, trip -> new Undo(trip.id(), "room"))
        .build();
  }
}
