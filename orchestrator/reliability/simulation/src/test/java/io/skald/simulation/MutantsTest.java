package io.skald.simulation;

import static io.skald.simulation.Mechanism.COMPENSATION_RETRIED;
import static io.skald.simulation.Mechanism.DURABLE_TIMERS;
import static io.skald.simulation.Mechanism.INBOX;
import static io.skald.simulation.Mechanism.INBOX_RETENTION;
import static io.skald.simulation.Mechanism.LATE_REPLY_PHASE;
import static io.skald.simulation.Mechanism.REFUSAL_RECORDED;
import static io.skald.simulation.Mechanism.REPLY_PHASE;
import static io.skald.simulation.Mechanism.SAME_KEY;
import static io.skald.simulation.Mechanism.SEPARATE_KEYS;
import static io.skald.simulation.Mechanism.SINGLE_WRITER;
import static io.skald.simulation.Mechanism.TOMBSTONE;
import static io.skald.simulation.Mechanism.UNKNOWN_COMPENSATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.checker.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test of the tests: with a mechanism taken out, alone or with another one, a law is broken
 * within a bounded number of seeds, and it is noticed.
 */
class MutantsTest {

  /** The rarest of them alone was first noticed at seed 118 when this was written. */
  private static final int MOST_SEEDS = 2_000;

  private static final List<Mechanism> CORE =
      List.of(
          INBOX,
          SAME_KEY,
          INBOX_RETENTION,
          SEPARATE_KEYS,
          UNKNOWN_COMPENSATED,
          LATE_REPLY_PHASE,
          REPLY_PHASE,
          COMPENSATION_RETRIED,
          REFUSAL_RECORDED,
          TOMBSTONE,
          SINGLE_WRITER,
          DURABLE_TIMERS);

  private static final List<String> TABLE = new ArrayList<>();

  @BeforeAll
  static void silence() {
    Sim.silence();
  }

  @AfterAll
  static void print() {
    System.out.println("Taken out, the first seed that breaks a law, and which:");
    TABLE.forEach(System.out::println);
  }

  static List<Mechanism> each() {
    return List.of(Mechanism.values());
  }

  static Stream<Set<Mechanism>> pairs() {
    return CORE.stream()
        .flatMap(
            one ->
                CORE.stream()
                    .filter(other -> one.compareTo(other) < 0)
                    .<Set<Mechanism>>map(other -> EnumSet.of(one, other)));
  }

  @ParameterizedTest
  @MethodSource("each")
  void shouldNotice_whenItIsTakenOut(Mechanism mechanism) {
    assertNoticed(EnumSet.of(mechanism));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void shouldNotice_whenTwoAreTakenOut(Set<Mechanism> both) {
    assertNoticed(both);
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORED_JOURNALED", "REPEATS_ANSWERED"})
  void shouldCountOneTooFew_whenSomethingThatWasReadLeavesNoTrace(Mechanism mechanism) {
    Optional<Violation> noticed =
        LongStream.rangeClosed(1, MOST_SEEDS)
            .mapToObj(seed -> Simulation.run(seed, Scale.FULL, new Broken(EnumSet.of(mechanism))))
            .flatMap(outcome -> outcome.violations().stream())
            .filter(violation -> violation.rule().equals("every message counted"))
            .findFirst();
    assertThat(noticed).isPresent();
  }

  private static void assertNoticed(Set<Mechanism> missing) {
    Optional<Outcome> noticed =
        LongStream.rangeClosed(1, MOST_SEEDS)
            .mapToObj(seed -> Simulation.run(seed, Scale.FULL, new Broken(missing)))
            .filter(outcome -> !outcome.violations().isEmpty())
            .findFirst();
    assertThat(noticed).as("A law broken within %s seeds", MOST_SEEDS).isPresent();
    TABLE.add(
        String.format(
            "  %-45s %5d  %s",
            missing.stream().map(Mechanism::title).toList(),
            noticed.get().seed(),
            noticed.get().violations().getFirst().sentence()));
  }
}
