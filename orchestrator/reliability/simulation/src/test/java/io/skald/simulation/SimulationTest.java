package io.skald.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {

  @BeforeAll
  static void silence() {
    Sim.silence();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 17, 4711})
  void shouldBeTheSameRun_whenTheSeedIsTheSame(long seed) {
    // when
    Outcome one = Simulation.run(seed, Scale.FULL, new Mechanisms());
    Outcome other = Simulation.run(seed, Scale.FULL, new Mechanisms());

    // then
    assertThat(other.hash()).isEqualTo(one.hash());
    assertThat(other.events()).isEqualTo(one.events());
    assertThat(other.faults()).isEqualTo(one.faults());
  }

  @Test
  void shouldBeAnotherRun_whenTheSeedIsAnother() {
    assertThat(Simulation.run(1, Scale.FULL, new Mechanisms()).hash())
        .isNotEqualTo(Simulation.run(2, Scale.FULL, new Mechanisms()).hash());
  }

  @Test
  void shouldHaveNoFaults_whenNoneIsAllowed() {
    Outcome outcome = Simulation.run(1, Scale.FAULTLESS, new Mechanisms());

    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.violations()).isEmpty();
  }

  @Test
  void shouldFindWhatIsMissing_whenAParticipantComesBackFromAnOldBackup() {
    // given
    Scale scale = new Scale(EnumSet.of(Fault.PARTICIPANT_FROM_OLD_BACKUP), Integer.MAX_VALUE);

    // when
    List<Outcome> outcomes =
        LongStream.rangeClosed(1, 400)
            .mapToObj(seed -> Simulation.run(seed, scale, new Mechanisms()))
            .toList();

    // then
    assertThat(outcomes).extracting(Outcome::reconciled).anyMatch(found -> found > 0);
    assertThat(outcomes).allMatch(outcome -> outcome.violations().isEmpty());
  }

  @Test
  void shouldTellTheStoryAndHowToSeeItAgain_whenALawIsBroken() {
    // given
    Options options = Options.of(List.of("--seeds", "100", "--break", Mechanism.INBOX.title()));
    Outcome broken =
        LongStream.rangeClosed(1, 100)
            .mapToObj(options::simulate)
            .filter(outcome -> !outcome.violations().isEmpty())
            .findFirst()
            .orElseThrow();

    // when
    Finding finding = Shortening.of(broken, options);

    // then
    assertThat(finding.outcome().sagas()).isLessThanOrEqualTo(broken.sagas());
    assertThat(finding.text()).contains("See it again: ./skald sim");
    List<String> words = List.of(finding.command().split(" "));
    Options again = Options.of(words.subList(2, words.size()));
    assertThat(again.missing()).isEqualTo(EnumSet.of(Mechanism.INBOX));
    assertThat(again.simulate(again.from()).hash()).isEqualTo(finding.outcome().hash());
  }
}
