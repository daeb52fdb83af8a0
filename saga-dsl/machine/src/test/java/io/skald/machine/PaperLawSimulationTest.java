package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random sagas through random trouble, each from its seed. In every step the journal
 * gives the state, the same input gives the same decision, and the tables hold ({@link
 * StepInvariants}); in the end the participants have seen what the paper allows ({@link PaperLaw}).
 *
 * <p>{@code -Dskald.seeds=1000000} runs more of them, {@code -Dskald.seed=42} one alone.
 */
class PaperLawSimulationTest {

  private static final int SEEDS = Integer.getInteger("skald.seeds", 6_000);

  private final StepInvariants invariants = new StepInvariants();
  private final Map<SagaStatus, Integer> ends = new EnumMap<>(SagaStatus.class);

  @Test
  void shouldKeepTheLaw_whenAnythingHappensInAnyOrder() {
    // given
    long only = Long.getLong("skald.seed", 0);
    // when, then
    if (only != 0) {
      run(only);
      return;
    }
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(seed);
    }
    // then a checker that sees nothing happen proves nothing
    assertThat(invariants.seen()).containsAll(everything());
    assertThat(ends.get(SagaStatus.COMPLETED)).isGreaterThan(SEEDS / 10);
    assertThat(ends.get(SagaStatus.COMPENSATED)).isGreaterThan(SEEDS / 10);
  }

  private void run(long seed) {
    RandomRun run = new RandomRun(seed, invariants);
    try {
      run.run();
      if (run.hasBlocks()) {
        new StoryLaw(run.rehearsal(), run.effects()).check();
      } else {
        new PaperLaw(run.rehearsal(), run.effects()).check();
      }
    } catch (AssertionError | RuntimeException broken) {
      String effects = "\neffects " + run.effects();
      String again = "\nAgain: ./mvnw test -pl saga-dsl/machine -am -Dskald.seed=" + seed;
      throw new AssertionError(
          "Seed "
              + seed
              + ": "
              + broken.getMessage()
              + effects
              + again
              + "\n"
              + run.rehearsal().story(),
          broken);
    }
    ends.merge(run.rehearsal().status(), 1, Integer::sum);
  }

  /** What only sagas come to that are steps of others: {@link SubSagaTest} has those. */
  private static final Set<String> OF_FAMILIES =
      Set.of(
          "SagaHeld",
          "SagaReleased",
          "ParentAsked",
          "ParentAnswered",
          "ChildReleased",
          "HELD",
          "NOT_HELD",
          "NOT_ITS_PARENT",
          "back: PARENT_TURNED_BACK");

  /** All moves of both tables, all kinds of entries, all reasons. */
  private static List<String> everything() {
    List<String> all = new ArrayList<>(StepInvariants.SAGA_TABLE);
    all.addAll(StepInvariants.PHASE_TABLE);
    Arrays.stream(JournalEntry.class.getPermittedSubclasses())
        .forEach(entry -> all.add(entry.getSimpleName()));
    Arrays.stream(IgnoreReason.values()).forEach(reason -> all.add(reason.name()));
    Stream.of(ParkReason.values()).forEach(reason -> all.add("parked: " + reason));
    Stream.of(CompensationCause.values()).forEach(cause -> all.add("back: " + cause));
    all.removeAll(OF_FAMILIES);
    return all;
  }
}
