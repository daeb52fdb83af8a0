package io.skald.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.Parcels.Cleared;
import io.skald.testkit.Parcels.EndInsurance;
import io.skald.testkit.Parcels.Functions;
import io.skald.testkit.Parcels.Load;
import io.skald.testkit.Parcels.Screen;
import io.skald.testkit.Parcels.TakeOut;
import io.skald.testkit.Parcels.Withdraw;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix over a definition with every kind of block. */
class BlocksMatrixTest {

  @Test
  void shouldKeepAllLawsAndStrikeEverywhere_whenADefinitionWithBlocksIsSane() {
    // when
    MatrixReport report = matrix(Parcels.sane()).run();
    // then
    report.expectLawful();
    assertThat(report.coverage())
        .contains("| step | refuses |", "| wait | silent | repeated | early | too late |")
        .contains("| store/P-1 | ✓ ", "| store/P-2 | ✓ ", "| insure | ✓ ", "| ask | ✓ ")
        .contains("| clearance | ✓ ", "| arrival | ✓ ", "| night | – | – | – | – | ✓ ")
        .contains("– : 'night' is a pause")
        .doesNotContain("✗", "| 0 |", "Not compared", "Not reached");
  }

  @Test
  void shouldWaitInVain_whenNoSignalIsGiven() {
    // given
    FailureMatrix<Load> matrix = FailureMatrix.of(Parcels.sane(), Load.packed()).pairs(50);
    // when
    MatrixReport report = matrix.run();
    // then
    report.expectLawful();
    assertThat(report.coverage())
        .contains("– : 'arrival', 'clearance' waits in vain")
        .contains("Not reached with this data: tell-owner");
    assertThat(matrix.run(FailureCase.of(), matrix.report()).story())
        .contains("PARKED: NO_SIGNAL")
        .endsWith("= PARKED");
  }

  @Test
  void shouldSayWhichWayWasNotTaken_whenTheDataChoosesTheOther() {
    assertThat(
            matrix(Parcels.with(Functions.sane().isHeavy(load -> false))).pairs(0).run().coverage())
        .contains("Not reached with this data: clearance, ask");
  }

  @Test
  void shouldMakeTwoItems_whenOnlyADefinitionIsGiven() {
    assertThat(FailureMatrix.of(Parcels.sane()).pairs(0).run().coverage())
        .contains("| store/parcels.parcels.id | ✓", "| store/parcels.parcels2.id | ✓");
  }

  static Stream<Arguments> plantedBugs() {
    AtomicInteger calls = new AtomicInteger();
    Functions sane = Functions.sane();
    return Stream.of(
        Arguments.of(
            "takes out another item's parcel",
            sane.takeOut(each -> new TakeOut(each.data().parcels().getFirst().id())),
            Law.UNDOES_SOMETHING_ELSE,
            "Expected TakeOut v1 of step 'store/P-2' to undo parcelId \"P-2\", which its command"
                + " names, but found \"P-1\""),
        Arguments.of(
            "withdraws what another branch has",
            sane.withdraw((load, declared) -> new Withdraw(load.policy().orElse("none"))),
            Law.UNDOES_SOMETHING_ELSE,
            "to undo form \"declare.form\", which its reply names, but found"),
        Arguments.of(
            "undoes with what only a later step brings",
            sane.endInsurance(load -> new EndInsurance(load.policy().orElseThrow())),
            Law.FUNCTION_THREW,
            "Expected step 'insure' to make its compensation, but it threw"),
        Arguments.of(
            "folds two branches into one field",
            sane.screened((load, s) -> load.withForm(new Parcels.Declared("screened"))),
            Law.FOLDS_COLLIDE,
            "'screen' and 'declare' are side by side in 'papers' and both fold into form: if"
                + " 'declare' is answered last it is [\"declare.form\"], if 'screen' is,"
                + " [\"screened\"]"),
        Arguments.of(
            "lets the item that is answered last win",
            sane.stored((load, stored) -> load.withShelves(stored.shelves())),
            Law.FOLDS_COLLIDE,
            "'store/P-1' and 'store/P-2' are side by side in 'each-parcel' and both fold into"
                + " shelves"),
        Arguments.of(
            "folds what only the other branch brings",
            sane.screened(
                (load, s) -> load.withForm(new Parcels.Declared(load.form().orElseThrow()))),
            Law.FUNCTION_THREW,
            "to fold its reply into the data, but it threw"),
        Arguments.of(
            "asks with what the other branch may bring meanwhile",
            sane.screen(load -> new Screen(load.id() + load.form().orElse(""))),
            Law.COMMANDS_DIFFER,
            "Expected every attempt at step 'screen' to carry"),
        Arguments.of(
            "chooses its way by a coin",
            sane.isHeavy(load -> calls.getAndIncrement() % 2 == 0),
            Law.FUNCTION_NOT_PURE,
            "block 'heavy' holds"),
        Arguments.of(
            "gives two items one key",
            sane.key(parcel -> "parcel"),
            Law.FUNCTION_THREW,
            "Expected the items of 'each-parcel' to have different keys"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plantedBugs")
  void shouldNameTheLawAndWhatWasFound_whenABlockHasABug(
      String bug, Functions planted, Law law, String found) {
    // when
    MatrixReport report = matrix(Parcels.with(planted)).pairs(0).run();
    // then
    assertThat(report.broken())
        .extracting(result -> result.broken().orElseThrow())
        .anySatisfy(
            broken -> {
              assertThat(broken.law()).isEqualTo(law);
              assertThat(broken).hasMessageContaining(found);
            });
  }

  @Test
  void shouldAllowAnyOrder_whenTheTestSaysSo() {
    // given
    FailureMatrix<Load> matrix =
        matrix(
                Parcels.with(
                    Functions.sane().stored((load, stored) -> load.withShelves(stored.shelves()))))
            .pairs(0);
    // then
    assertThat(matrix.run().broken()).isNotEmpty();
    matrix.anyOrder("shelves").run().expectLawful();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clearance | SIGNAL_SILENT   | COMPLETED | has waited long enough",
        "clearance | SIGNAL_REPEATED | COMPLETED | ignored, REPEATED_SIGNAL",
        "clearance | SIGNAL_EARLY    | COMPLETED | came",
        "clearance | SIGNAL_LATE     | COMPLETED | ignored, ALREADY_SETTLED",
        "clearance | CRASH_BEFORE    | COMPLETED | dies before it has committed: signal",
        "clearance | CRASH_AFTER     | COMPLETED | dies after it has committed",
        "arrival   | SIGNAL_SILENT   | COMPLETED | PARKED: NO_SIGNAL",
        "arrival   | SIGNAL_LATE     | COMPLETED | PARKED: NO_SIGNAL",
        "night     | CRASH_BEFORE    | COMPLETED | dies before it has committed: woken",
      })
  void shouldGoThroughWhatItSays_whenAWaitIsStruck(
      String wait, Fault fault, String end, String happening) {
    // given
    FailureMatrix<Load> matrix = matrix(Parcels.sane());
    Strike strike = new Strike(new StepName(wait), fault);
    // when
    CaseResult result = matrix.run(FailureCase.of(strike), matrix.report());
    // then
    result.expectLawful();
    assertThat(result.struck()).containsExactly(strike);
    assertThat(result.story()).contains(happening).endsWith("= " + end);
  }

  @Test
  void shouldStrikeALateWay_whenItsSignalIsSilent() {
    assertThat(matrix(Parcels.sane()).report().cases())
        .extracting(FailureCase::toString)
        .contains("clearance: silent + ask: refuses", "clearance: silent + ask: crash after")
        .doesNotContain("ask: refuses");
  }

  @Test
  void shouldRefuseASignal_whenTheDefinitionDoesNotAwaitIt() {
    FailureMatrix<Load> matrix = matrix(Parcels.sane());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.signal("screen", new Cleared("ann")))
        .withMessage("Expected a signal that parcels v1 awaits, but found 'screen' with a Cleared");
    assertThatIllegalArgumentException().isThrownBy(() -> matrix.signal("clearance", "yes"));
  }

  private static FailureMatrix<Load> matrix(SagaDefinition<Load> definition) {
    return FailureMatrix.of(definition, Load.packed())
        .signal("clearance", new Cleared("ann"))
        .signal("arrival", new Cleared("ben"));
  }
}
