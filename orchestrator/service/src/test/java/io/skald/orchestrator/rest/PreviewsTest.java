package io.skald.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.skald.machine.Input;
import io.skald.machine.SagaState;
import io.skald.machine.SagaStatus;
import io.skald.orchestrator.lane.Definitions;
import io.skald.orchestrator.testing.Everything;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What previews say, by the machine's own decisions. */
final class PreviewsTest {

  private static PreviewView preview(Journey journey, Input input) {
    return previews(new Definitions(List.of(Everything.DEFINITION)), journey)
        .of("verb", journey.state(), input);
  }

  private static Previews previews(Definitions definitions, Journey journey) {
    return new Previews(definitions, Journey.CODEC, journey::now);
  }

  private static Input cancel() {
    return new Input.CancelRequested("preview", "maria", "changed her mind");
  }

  private static Input skip(String step, Phase phase, String reply) {
    return new Input.SkipRequested(
        "preview", StepName.parse(step), phase, reply, "maria", "by hand");
  }

  private static Journey parkedAtTheCharge() {
    return Journey.toTheApproval()
        .signal("s-1")
        .wake()
        .fail("charge")
        .wake()
        .fail("charge")
        .wake()
        .fail("charge");
  }

  @Test
  void shouldSayWhatWouldBeSentToWhom_whenCancelled() {
    // given
    Journey journey = Journey.toTheApproval();
    // when
    PreviewView preview = preview(journey, cancel());
    // then
    assertThat(preview.possible()).isTrue();
    assertThat(preview.status()).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(preview.basedOn()).isEqualTo(journey.state().core().seq());
    assertThat(preview.commands())
        .extracting(
            PreviewView.Sent::step,
            PreviewView.Sent::phase,
            PreviewView.Sent::participant,
            PreviewView.Sent::command,
            PreviewView.Sent::payload)
        .containsExactly(
            tuple(
                "pack/P-1",
                Phase.COMPENSATION,
                "store",
                "Undo v1",
                "{\"about\":\"P-1\",\"what\":\"pack\"}"),
            tuple(
                "pack/P-2",
                Phase.COMPENSATION,
                "store",
                "Undo v1",
                "{\"about\":\"P-2\",\"what\":\"pack\"}"));
    assertThat(preview.words())
        .containsExactly(
            "the saga turns back, because it was cancelled (CANCELLED: changed her mind), by maria",
            "command Undo v1 is sent to store to undo step 'pack/P-1', attempt 1",
            "command Undo v1 is sent to store to undo step 'pack/P-2', attempt 1");
    assertThat(preview.next().orElseThrow().beside()).hasSize(1);
  }

  @Test
  void shouldSayWhyNot_whenThePivotHasBeenIssued() {
    // when
    PreviewView preview = preview(parkedAtTheCharge(), cancel());
    // then
    assertThat(preview.possible()).isFalse();
    assertThat(preview.because().orElseThrow()).contains("point of no return, step 'charge'");
    assertThat(preview.words()).isEmpty();
    assertThat(preview.status()).isEqualTo(SagaStatus.PARKED);
  }

  @Test
  void shouldCompensateFromWhereItStands_whenItIsParkedBeforeThePivot() {
    // given
    Journey parked =
        Journey.of(Everything.Order.of(Everything.BROKEN, false))
            .succeed("reserve", "label", "screen", "stamp")
            .signal("s-1")
            .wake();
    assertThat(parked.state().status()).isEqualTo(SagaStatus.PARKED);
    // when
    PreviewView preview = preview(parked, cancel());
    // then
    assertThat(preview.possible()).isTrue();
    assertThat(preview.status()).isEqualTo(SagaStatus.COMPENSATING);
    assertThat(preview.commands()).extracting(PreviewView.Sent::step).containsExactly("reserve");
  }

  @Test
  void shouldSayThatItGoesOn_whenAParkedStepIsTakenForDone() {
    // when
    PreviewView preview =
        preview(parkedAtTheCharge(), skip("charge", Phase.ACTION, "{\"what\":\"charge\"}"));
    // then
    assertThat(preview.possible()).isTrue();
    assertThat(preview.status()).isEqualTo(SagaStatus.RUNNING);
    assertThat(preview.commands())
        .extracting(PreviewView.Sent::step)
        .containsExactly("mail", "print");
    assertThat(preview.words())
        .contains(
            "the saga goes on, resumed by maria: by hand",
            "maria takes step 'charge' for done: by hand");
  }

  @Test
  void shouldComplete_whenAStepThatWasRefusedForGoodIsTakenForDone() {
    // given
    Journey refused =
        Journey.toTheApproval().signal("s-1").wake().succeed("charge", "print").reject("mail");
    assertThat(refused.state().status()).isEqualTo(SagaStatus.PARKED);
    // then
    assertThat(preview(refused, new Input.ResumeRequested("preview", "maria", "why")).possible())
        .isFalse();
    assertThat(preview(refused, skip("mail", Phase.ACTION, "{\"what\":\"mail\"}")).status())
        .isEqualTo(SagaStatus.COMPLETED);
  }

  @Test
  void shouldSayWhyNot_whenTheStepWasNotBegun() {
    PreviewView preview =
        preview(Journey.toTheParcels(), skip("charge", Phase.ACTION, "{\"what\":\"charge\"}"));
    assertThat(preview.possible()).isFalse();
    assertThat(preview.because().orElseThrow()).contains("not under way");
  }

  @Test
  void shouldChangeNothing_whenItIsOnItsWayBackAlready() {
    // when
    PreviewView preview = preview(Journey.toTheApproval().cancel(), cancel());
    // then
    assertThat(preview.possible()).isTrue();
    assertThat(preview.because()).contains("it is on its way back already");
    assertThat(preview.commands()).isEmpty();
  }

  @Test
  void shouldSayThatNothingWaits_whenNothingIsToBeRetried() {
    Input retry = new Input.RetryRequested("preview", "maria", "because");
    Journey charging = Journey.toTheApproval().signal("s-1").wake();
    assertThat(preview(charging, retry).possible()).isFalse();
    assertThat(preview(charging.fail("charge"), retry).commands())
        .extracting(PreviewView.Sent::step, PreviewView.Sent::attempt)
        .containsExactly(tuple("charge", 2));
  }

  @Test
  void shouldTellThatTheDefinitionIsMissing_whenItIs() {
    // given
    Journey journey = Journey.toTheApproval();
    // when
    PreviewView preview =
        previews(new Definitions(List.of()), journey).of("cancel", journey.state(), cancel());
    // then
    assertThat(preview.possible()).isFalse();
    assertThat(preview.because().orElseThrow()).contains("is deployed");
  }

  @Test
  void shouldLeaveTheStateAsItWas() {
    // given
    Journey journey = Journey.toTheApproval();
    SagaState before = journey.state();
    // when
    preview(journey, new Input.AbortRequested("preview", "maria", "because"));
    // then
    assertThat(journey.state()).isSameAs(before);
  }
}
