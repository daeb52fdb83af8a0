package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table that a reader sees is the one that every decision is held against. */
class SagaStateTest {

  private static final Path SOURCE = Path.of("src/main/java/io/skald/machine/SagaState.java");
  private static final Pattern ROW =
      Pattern.compile(
          "^ \\* (-|Running|Queued|Compensating|Parked|Held|any of these) +([A-Z][a-z]+) +.+$");

  @Test
  void shouldSayWhatIsChecked_whenReadInTheJavadoc() throws IOException {
    // given
    Set<String> moves = new TreeSet<>();
    for (String line : Files.readAllLines(SOURCE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> from =
            row.group(1).equals("any of these")
                ? Set.of("Running", "Queued", "Compensating", "Parked", "Held")
                : Set.of(row.group(1));
        from.forEach(f -> moves.add((f + " -> " + row.group(2)).toUpperCase(Locale.ROOT)));
      }
    }
    // then
    Set<String> checked = new TreeSet<>(StepInvariants.SAGA_TABLE);
    checked.addAll(StepInvariants.CHILD_TABLE);
    assertThat(moves).containsExactlyInAnyOrderElementsOf(checked);
  }

  @Test
  void shouldAgree_whenAskedByStatus() {
    Rehearsal trip = Rehearsal.started(Trips.trip());
    assertThat(trip.status().isActive()).isTrue();
    assertThat(trip.status().isTerminal()).isFalse();
    for (SagaStatus status : SagaStatus.values()) {
      assertThat(status.isActive() && status.isTerminal()).isFalse();
    }
    assertThat(SagaStatus.PARKED.isActive() || SagaStatus.PARKED.isTerminal()).isFalse();
    assertThat(SagaStatus.QUEUED.isActive() || SagaStatus.QUEUED.isTerminal()).isFalse();
    assertThat(SagaStatus.HELD.isActive() || SagaStatus.HELD.isTerminal()).isFalse();
  }

  @Test
  void shouldBePastReturn_whenThePivotIsIssuedAndNotRefused() {
    // given
    Rehearsal trip = Rehearsal.started(Trips.trip());
    trip.succeed("hotel");
    trip.succeed("insurance");
    assertThat(trip.state().core().isPastReturn()).isFalse();
    // when, then
    trip.succeed("flight");
    assertThat(trip.state().core().isPastReturn()).isTrue();
    trip.reject("payment");
    assertThat(trip.state().core().isPastReturn()).isFalse();
  }
}
