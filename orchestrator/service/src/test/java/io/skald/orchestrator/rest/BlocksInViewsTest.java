package io.skald.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.testing.Everything;
import io.skald.saga.Standing;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the view of a saga says of its blocks, and of several things under way at once. */
final class BlocksInViewsTest {

  private final SagaViews views = new SagaViews(new Definitions(List.of(Everything.DEFINITION)));

  private SagaView view(Journey journey) {
    return views.of(journey.state());
  }

  private static Map<String, StepStatus> steps(SagaView view) {
    return view.steps().stream().collect(Collectors.toMap(StepView::name, StepView::status));
  }

  private static BlockView block(SagaView view, String name) {
    return view.blocks().stream()
        .filter(block -> block.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldShowAllThatIsUnderWay_whenBranchesRunBesideEachOther() {
    // given
    SagaView view = view(Journey.of(Everything.Order.of("E-1", true)).succeed("reserve"));
    // then
    NextView next = view.next().orElseThrow();
    assertThat(next.step()).contains("screen");
    assertThat(next.beside())
        .extracting(NextView.Open::name, NextView.Open::phase)
        .containsExactly(tuple("label", Phase.ACTION));
    assertThat(next.then()).contains("declare", "pack", "charge").doesNotContain("label");
    assertThat(block(view, "prepare").standing()).isEqualTo(Standing.UNDER_WAY);
    assertThat(block(view, "tell").standing()).isEqualTo(Standing.TO_COME);
  }

  @Test
  void shouldShowTheWay_whenItWasChosen() {
    // given
    SagaView home = view(Journey.toTheParcels());
    SagaView abroad =
        view(
            Journey.of(Everything.Order.of("E-1", true, "P-1"))
                .succeed("reserve", "label", "screen"));
    // then
    assertThat(block(home, "customs").way()).contains("otherwise");
    assertThat(steps(home))
        .containsEntry("declare", StepStatus.LEFT_OUT)
        .containsEntry("stamp", StepStatus.SUCCEEDED);
    assertThat(home.next().orElseThrow().then()).doesNotContain("declare");
    assertThat(block(abroad, "customs").way()).contains("then");
    assertThat(block(abroad, "customs").standing()).isEqualTo(Standing.UNDER_WAY);
    assertThat(steps(abroad)).containsEntry("stamp", StepStatus.LEFT_OUT);
  }

  @Test
  void shouldShowEachItem_whenSomeAreDoneAndOthersNot() {
    // given
    SagaView view = view(Journey.toTheParcels().succeed("pack/P-2"));
    // then
    BlockView parcels = block(view, "parcels");
    assertThat(parcels.standing()).isEqualTo(Standing.UNDER_WAY);
    assertThat(parcels.items().orElseThrow())
        .extracting(BlockView.ItemView::key, BlockView.ItemView::standing)
        .containsExactly(
            tuple("P-1", Standing.UNDER_WAY),
            tuple("P-2", Standing.DONE),
            tuple("P-3", Standing.UNDER_WAY));
    assertThat(view.steps())
        .extracting(StepView::name)
        .containsSubsequence("stamp", "pack/P-1", "pack/P-2", "pack/P-3", "charge");
  }

  @Test
  void shouldShowWhatIsStillToCome_whenNotAllItemsRunAtOnce() {
    // when
    SagaView view = view(Journey.toTheParcels());
    // then
    assertThat(steps(view)).containsEntry("pack/P-3", StepStatus.PENDING);
    assertThat(view.next().orElseThrow().then()).startsWith("pack/P-3", "charge");
  }

  @Test
  void shouldSayWhichSignalItAwaits_untilWhen() {
    // given
    SagaView view = view(Journey.toTheApproval());
    // then
    BlockView approval = block(view, "approval");
    assertThat(approval.standing()).isEqualTo(Standing.UNDER_WAY);
    assertThat(approval.signal()).contains("Approved v1");
    assertThat(approval.until()).contains(Orders.NOON.plus(Duration.ofMinutes(10)));
    NextView next = view.next().orElseThrow();
    assertThat(next.step()).contains("approval");
    assertThat(next.because())
        .isEqualTo(
            "awaiting signal 'approval' (Approved v1) until 2026-01-31T12:10:00Z; then it turns"
                + " back");
    assertThat(view.links()).containsKeys("cancel", "diagram").doesNotContainKey("retry");
  }

  @Test
  void shouldShowThatASignalIsHere_whenItIsNotAwaitedYet() {
    // given
    SagaView early = view(Journey.toTheParcels().signal("s-1"));
    SagaView taken = view(Journey.toTheApproval().signal("s-1"));
    // then
    assertThat(block(early, "approval").standing()).isEqualTo(Standing.TO_COME);
    assertThat(block(early, "approval").signalId()).contains("s-1");
    assertThat(block(taken, "approval").standing()).isEqualTo(Standing.DONE);
    assertThat(block(taken, "cooling").standing()).isEqualTo(Standing.UNDER_WAY);
    assertThat(taken.next().orElseThrow().because())
        .isEqualTo("standing still until 2026-01-31T12:00:01Z");
  }

  @Test
  void shouldTurnBackThroughTheItems_whenOneIsRefused() {
    // given
    Journey journey = Journey.toTheParcels().succeed("pack/P-1").reject("pack/P-2");
    // when: the third one settles first
    SagaView settling = view(journey);
    SagaView undoing = view(journey.succeed("pack/P-3"));
    // then
    assertThat(settling.next().orElseThrow().step()).contains("pack/P-3");
    assertThat(settling.next().orElseThrow().because()).endsWith("; then it is undone");
    assertThat(undoing.compensation().orElseThrow().failedStep()).contains("pack/P-2");
    assertThat(steps(undoing))
        .containsEntry("pack/P-1", StepStatus.COMPENSATING)
        .containsEntry("pack/P-2", StepStatus.REJECTED)
        .containsEntry("pack/P-3", StepStatus.COMPENSATING);
    assertThat(block(undoing, "parcels").standing()).isEqualTo(Standing.COMPENSATING);
    assertThat(block(undoing, "approval").standing()).isEqualTo(Standing.LEFT_OUT);
    // when
    SagaView undone = view(journey.succeed("pack/P-1", "pack/P-3", "reserve"));
    // then
    assertThat(undone.status()).isEqualTo(SagaStatus.COMPENSATED);
    assertThat(block(undone, "parcels").items().orElseThrow())
        .extracting(BlockView.ItemView::standing)
        .containsExactly(Standing.COMPENSATED, Standing.FAILED, Standing.COMPENSATED);
  }

  @Test
  void shouldOfferRetry_onlyWhileSomethingWaitsForOne() {
    // given
    Journey charging = Journey.toTheApproval().signal("s-1").wake();
    // then
    assertThat(view(charging).links()).doesNotContainKey("retry");
    assertThat(view(charging.fail("charge")).links()).containsKey("retry");
  }

  @Test
  void shouldStandParked_whereTheSagaStopped() {
    // given
    Journey parked =
        Journey.toTheApproval().signal("s-1").wake().fail("charge").wake().fail("charge").wake();
    SagaState state = parked.fail("charge").state();
    // when
    Progress progress = Progress.of(state, Everything.DEFINITION);
    // then
    assertThat(state.status()).isEqualTo(SagaStatus.PARKED);
    assertThat(progress.of(new StepName("charge"))).contains(Standing.PARKED);
    assertThat(progress.of(new StepName("pack"))).contains(Standing.DONE);
    assertThat(progress.of(new StepName("mail"))).contains(Standing.TO_COME);
    assertThat(progress.of(new StepName("declare"))).contains(Standing.LEFT_OUT);
  }

  @Test
  void shouldDrawOneNodeForAllItems_whenTheyHaveComeToDifferentPlaces() {
    // given
    Progress progress =
        Progress.of(Journey.toTheParcels().succeed("pack/P-1").state(), Everything.DEFINITION);
    // then
    assertThat(Everything.DEFINITION.toMermaid(progress::of))
        .contains("class step_pack is_under_way\n")
        .contains("class step_stamp is_done\n")
        .contains("class step_declare is_left_out\n")
        .contains("class block_approval is_to_come\n")
        .contains("classDef is_under_way ");
  }

  @Test
  void shouldShowNoBlocks_whenTheDefinitionIsNotDeployed() {
    // when
    SagaView view = new SagaViews(new Definitions(List.of())).of(Journey.toTheApproval().state());
    // then
    assertThat(view.blocks()).isEmpty();
    assertThat(view.steps()).extracting(StepView::name).contains("pack/P-3");
  }
}
