package io.skald.orchestrator.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.lane.Trips;
import io.skald.saga.SagaDefinition;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trips go hotel, flight, payment, ticket. */
final class VersionCheckTest {

  @Test
  void shouldContinue_whenTheNewestVersionIsAsItWas() {
    // when
    VersionReport trip =
        only(
            check(
                List.of(Trips.trip()),
                List.of(stored(Trips.trip())),
                running(1, 5, "flight"),
                running(1, 2),
                parked(1, SagaStatus.COMPENSATING, 3, "flight")));
    // then
    assertThat(trip.verdict()).isEqualTo(Verdict.CONTINUES);
    assertThat(trip.live()).isEqualTo(10);
    assertThat(trip.byStatus())
        .containsEntry(SagaStatus.PARKED, 3L)
        .containsEntry(SagaStatus.RUNNING, 7L);
    assertThat(trip.steps())
        .containsExactly(
            new StepReport("hotel", Verdict.CONTINUES, 0, 5),
            new StepReport("flight", Verdict.CONTINUES, 8, 2),
            new StepReport("payment", Verdict.CONTINUES, 0, 7),
            new StepReport("ticket", Verdict.CONTINUES, 0, 7));
    assertThat(trip.canBeDropped()).isFalse();
  }

  @Test
  void shouldPinAndSayWhatCanBeDropped_whenThereIsANewerVersion() {
    // when
    List<VersionReport> trips =
        check(
            List.of(Trips.trip(1), Trips.trip(2), Trips.trip(3)),
            List.of(stored(Trips.trip(1)), stored(Trips.trip(2))),
            running(2, 4, "hotel"));
    // then
    assertThat(trips)
        .extracting(VersionReport::verdict)
        .containsExactly(Verdict.PINNED, Verdict.PINNED, Verdict.CONTINUES);
    assertThat(trips).extracting(VersionReport::canBeDropped).containsExactly(true, false, false);
    assertThat(trips.get(1).steps()).extracting(StepReport::verdict).containsOnly(Verdict.PINNED);
  }

  @Test
  void shouldBreakEveryStep_whenAVersionWithLiveSagasIsMissing() {
    // when
    List<VersionReport> trips =
        check(
            List.of(Trips.trip(2)),
            List.of(stored(Trips.trip(1)), stored(Trips.trip(2))),
            running(1, 4, "hotel"));
    // then
    assertThat(trips)
        .extracting(VersionReport::verdict)
        .containsExactly(Verdict.BROKEN, Verdict.CONTINUES);
    assertThat(trips.getFirst().inBuild()).isFalse();
    assertThat(trips.getFirst().steps()).hasSize(4).allMatch(s -> s.verdict() == Verdict.BROKEN);
  }

  @Test
  void shouldSayNothingOfAVersion_whenItIsGoneWithItsSagas() {
    assertThat(check(List.of(Trips.trip(2)), List.of(stored(Trips.trip(1)), stored(Trips.trip(2)))))
        .extracting(VersionReport::version)
        .containsExactly(2);
  }

  @Test
  void shouldBreakTheStepsThatDiffer_whenAStructureHasChangedUnderItsVersion() {
    // given
    StoredStructure other =
        new StoredStructure("trip", 1, "x", Trips.trip().toJson().replace("\"bank\"", "\"till\""));
    // when
    VersionReport trip = only(check(List.of(Trips.trip()), List.of(other), running(1, 4, "hotel")));
    // then
    assertThat(trip.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(trip.differences())
        .containsExactly("step 'payment': participant was till and is bank");
    assertThat(trip.steps())
        .filteredOn(step -> step.verdict() == Verdict.BROKEN)
        .containsExactly(new StepReport("payment", Verdict.BROKEN, 0, 4));
  }

  @Test
  void shouldBeBroken_whenAStructureHasChangedAndNoSagaIsLive() {
    StoredStructure other = new StoredStructure("trip", 1, "x", Trips.trip().toJson());
    VersionReport trip = only(check(List.of(Trips.trip()), List.of(other)));
    assertThat(trip.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(trip.differences()).singleElement().asString().contains("fingerprints differ");
  }

  @Test
  void shouldShowStepsThatNobodyKnows_whenSagasAreAtThem() {
    VersionReport trip =
        only(
            check(
                List.of(Trips.trip()),
                List.of(stored(Trips.trip())),
                running(1, 4, "flight", "tram")));
    assertThat(trip.steps())
        .contains(
            new StepReport("flight", Verdict.CONTINUES, 4, 0),
            new StepReport("payment", Verdict.CONTINUES, 0, 4),
            new StepReport("tram", Verdict.CONTINUES, 4, 0));
  }

  private static List<VersionReport> check(
      List<SagaDefinition<?>> build, List<StoredStructure> stored, LiveGroup... groups) {
    return VersionCheck.compare(
        new Definitions(build), new LiveSagas(stored, Arrays.asList(groups)));
  }

  private static VersionReport only(List<VersionReport> reports) {
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private static StoredStructure stored(SagaDefinition<?> definition) {
    return new StoredStructure(
        definition.name(), definition.version(), definition.fingerprint(), definition.toJson());
  }

  private static LiveGroup running(int version, long count, String... at) {
    return new LiveGroup(
        "trip", version, SagaStatus.RUNNING, SagaStatus.RUNNING, List.of(at), count);
  }

  private static LiveGroup parked(int version, SagaStatus was, long count, String at) {
    return new LiveGroup("trip", version, SagaStatus.PARKED, was, List.of(at), count);
  }
}
