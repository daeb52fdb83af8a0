package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The law of the classic paper (H. Garcia-Molina and K. Salem, <em>Sagas</em>, 1987), held against
 * a saga that has come to rest: T1 … Tn, or T1 … Tj, Cj … C1.
 */
final class PaperLaw {

  private final Rehearsal saga;
  private final List<String> effects;
  private final List<String> names;

  PaperLaw(Rehearsal saga, List<String> effects) {
    this.saga = saga;
    this.effects = effects;
    this.names = saga.definition().steps().stream().map(step -> step.name().value()).toList();
  }

  void check() {
    commandsFollowTheLaw();
    dataIsWhatWasFolded();
    assertThat(effects).as("one effect of each at most").doesNotHaveDuplicates();
    switch (saga.state()) {
      case SagaState.Completed completed -> assertThat(effects).as("T1 ... Tn").isEqualTo(names);
      case SagaState.Compensated compensated -> compensated();
      case SagaState.Parked parked -> parkedForGood(parked);
      case SagaState.Aborted aborted -> aborted();
      case SagaState.Active active -> throw new AssertionError("Not at rest: " + active.status());
      case SagaState.Queued queued -> throw new AssertionError("Still " + queued.status());
      case SagaState.Held held -> throw new AssertionError("It is nobody's child: " + held);
    }
  }

  /** What was sent: the steps in their order, then the compensations in the reverse. */
  private void commandsFollowTheLaw() {
    List<String> sent = new ArrayList<>(new LinkedHashSet<>(saga.sent()));
    List<String> actions = sent.stream().filter(s -> !s.startsWith("-")).toList();
    List<String> back = sent.stream().filter(s -> s.startsWith("-")).toList();
    assertThat(actions).as("T1 ... Tj").isEqualTo(names.subList(0, actions.size()));
    assertThat(sent).as("never forward again").isEqualTo(joined(actions, back));
    List<String> expected =
        saga.state().core().steps().reversed().stream()
            .filter(step -> !(step.action() instanceof PhaseState.Rejected))
            .filter(step -> isUndoable(step.name().value()))
            .map(step -> "-" + step.name())
            .toList();
    if (saga.state() instanceof SagaState.Compensated) {
      assertThat(back).as("Cj ... C1 of all that may have happened").isEqualTo(expected);
    } else if (!back.isEmpty()) {
      assertThat(expected.subList(0, back.size())).as("Cj ... Ci").isEqualTo(back);
    }
    for (CommandIssued command : saga.commands()) {
      assertThat(command.participant())
          .as("action and compensation go to the same topic")
          .isEqualTo(definition(command.step().value()).participant());
    }
    onePayloadPerKey();
  }

  private void dataIsWhatWasFolded() {
    List<String> receipts =
        saga.state().core().steps().stream()
            .filter(step -> step.action() instanceof PhaseState.Succeeded)
            .map(step -> step.name().value())
            .filter(name -> definition(name).onReply().isPresent())
            .map(name -> "receipt of " + name)
            .toList();
    assertThat(saga.data().receipts()).as("what was folded").isEqualTo(receipts);
  }

  private void onePayloadPerKey() {
    for (String name : names) {
      for (Phase phase : Phase.values()) {
        long payloads =
            saga.commands(name, phase).stream().map(CommandIssued::payload).distinct().count();
        assertThat(payloads).as("payloads of one key").isLessThanOrEqualTo(1);
      }
    }
  }

  private void compensated() {
    // Nothing has to be undone of a step with a waiver, so its action may land at any time.
    List<String> undoable =
        effects.stream().filter(effect -> isUndoable(effect.replace("-", ""))).toList();
    int happened = undoable.size() / 2;
    List<String> forward = undoable.subList(0, happened);
    assertThat(forward).as("T1 ... Tj").isSubsetOf(names).isSortedAccordingTo(this::byPlace);
    assertThat(undoable)
        .as("T1 ... Tj, Cj ... C1")
        .isEqualTo(joined(forward, forward.reversed().stream().map(step -> "-" + step).toList()));
    assertThat(effects).as("nothing from the pivot on").noneMatch(this::isForwardOnly);
  }

  private void parkedForGood(SagaState.Parked parked) {
    assertThat(parked.reason()).isEqualTo(ParkReason.STEP_REJECTED);
    assertThat(effects).as("T1 ... Tj").isEqualTo(names.subList(0, effects.size()));
    assertThat(names.get(effects.size())).isEqualTo(parked.step().orElseThrow().value());
  }

  /** What an operator has cut off may be anything on the way, but nothing impossible. */
  private void aborted() {
    for (String effect : effects) {
      if (effect.startsWith("-")) {
        assertThat(effects.indexOf(effect.substring(1)))
            .as("undone after it was done")
            .isBetween(0, effects.indexOf(effect) - 1);
      }
    }
  }

  private int byPlace(String one, String other) {
    return Integer.compare(names.indexOf(one), names.indexOf(other));
  }

  private boolean isUndoable(String name) {
    return definition(name).compensation().isPresent();
  }

  private boolean isForwardOnly(String effect) {
    return definition(effect.replace("-", "")).kind() != StepKind.COMPENSATABLE;
  }

  private StepDefinition<?> definition(String name) {
    return saga.definition().steps().get(names.indexOf(name));
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
