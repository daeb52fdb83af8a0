package io.skald.checker;

import io.skald.machine.JournalEntry;
import io.skald.machine.ParentLink;
import io.skald.machine.SagaStatus;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A saga and those that are steps of it tell the same story: what a parent has of a step is what
 * has become of its child (law L2), no child outlives what its parent has undone, and none waits
 * for a parent that has ended (L3, L8).
 */
final class FamilyRule implements Rule {

  @Override
  public String name() {
    return "parents and children";
  }

  @Override
  public void check(Evidence evidence, Findings findings) {
    evidence.history().sagas().forEach(parent -> hasItsChildren(evidence, parent, findings));
    for (SagaHistory child : evidence.history().sagas()) {
      Optional<ParentLink> link = child.parent();
      if (link.isEmpty()) {
        continue;
      }
      Optional<SagaHistory> parent = evidence.saga(link.get().saga());
      if (parent.isEmpty()) {
        findings.add(
            "L1", child.id(), "Expected its parent " + link.get().saga() + ", but there is none");
        continue;
      }
      Pair pair = new Pair(parent.get(), child, link.get(), findings);
      pair.heldUntilReleased(evidence);
      if (evidence.history().atRest()) {
        pair.waitsForNobody();
      }
      pair.step(evidence)
          .ifPresent(
              step -> {
                pair.answersAreTrue(step);
                if (evidence.history().atRest()) {
                  pair.sameEnd(step);
                }
              });
    }
  }

  /** What was answered for a child was answered by one that there is. */
  private static void hasItsChildren(Evidence evidence, SagaHistory parent, Findings findings) {
    Map<StepName, SagaId> children = new HashMap<>();
    for (JournalEntry entry : parent.entries()) {
      if (entry instanceof JournalEntry.CommandIssued issued && issued.child().isPresent()) {
        children.put(issued.step(), issued.child().get().id(parent.id(), issued.step()));
      } else if (entry instanceof JournalEntry.StepSucceeded done
          && children.containsKey(done.step())
          && evidence.saga(children.get(done.step())).isEmpty()) {
        findings.add(
            "L1",
            parent.id(),
            "Expected the child that has answered for step '"
                + done.step()
                + "' to be there, but there is none");
      }
    }
  }

  private record Pair(SagaHistory parent, SagaHistory child, ParentLink link, Findings findings) {

    Optional<JournaledStep> step(Evidence evidence) {
      Optional<JournaledStep> step =
          evidence.steps(parent).stream().filter(s -> s.name().equals(link.step())).findFirst();
      if (step.isEmpty()) {
        findings.add(
            "L1",
            child.id(),
            "Expected step '" + link.step() + "' of " + parent.id() + " to be journaled as issued");
      }
      return step;
    }

    /** Before its parent's point of no return a child does not complete by itself. */
    void heldUntilReleased(Evidence evidence) {
      boolean mayBeUndone =
          evidence
              .definition(parent)
              .flatMap(definition -> definition.step(link.step()))
              .filter(step -> step.kind() == StepKind.COMPENSATABLE)
              .isPresent();
      if (!mayBeUndone) {
        return;
      }
      boolean released = false;
      for (JournalEntry entry : child.entries()) {
        released |= entry instanceof JournalEntry.SagaReleased;
        if (entry instanceof JournalEntry.SagaCompleted && !released) {
          findings.add(
              "L3",
              child.id(),
              "Expected the child to be held until its parent " + parent.id() + " ends");
        }
      }
    }

    /** Nobody waits for a parent that has ended. */
    void waitsForNobody() {
      boolean parentEnded = parent.status().filter(SagaStatus::isTerminal).isPresent();
      if (parentEnded && is(SagaStatus.HELD)) {
        findings.add(
            "L8",
            child.id(),
            "Expected no child to be held any more, for its parent "
                + parent.id()
                + " is "
                + parent.status().get());
      }
    }

    void answersAreTrue(JournaledStep step) {
      if (step.succeeded()) {
        expect(
            e -> e instanceof JournalEntry.SagaHeld || e instanceof JournalEntry.SagaCompleted,
            "succeeded");
      }
      if (step.rejected()) {
        expect(JournalEntry.SagaCompensated.class::isInstance, "refused");
      }
      if (step.compensated()) {
        expect(JournalEntry.SagaCompensated.class::isInstance, "compensated");
      }
    }

    private void expect(Predicate<JournalEntry> entry, String word) {
      if (child.entries().stream().noneMatch(entry)) {
        findings.add(
            "L2",
            parent.id(),
            "Expected child "
                + child.id()
                + " to say so itself that step '"
                + link.step()
                + "' is "
                + word
                + ", but its journal does not");
      }
    }

    void sameEnd(JournaledStep step) {
      if (step.isSkipped(Phase.ACTION) || step.isSkipped(Phase.COMPENSATION)) {
        return; // What has become of the child is the operator's business.
      }
      if (is(parent, SagaStatus.COMPLETED)
          && !is(SagaStatus.COMPLETED)
          && !is(SagaStatus.ABORTED)) {
        wrongEnd("COMPLETED");
      }
      if (is(parent, SagaStatus.COMPENSATED) && !is(SagaStatus.COMPENSATED)) {
        wrongEnd("COMPENSATED");
      }
    }

    private void wrongEnd(String end) {
      findings.add(
          "L3",
          child.id(),
          "Expected the child to be "
              + end
              + " like its parent "
              + parent.id()
              + ", but it is "
              + child.status().map(SagaStatus::name).orElse("not there"));
    }

    private boolean is(SagaStatus status) {
      return is(child, status);
    }

    private static boolean is(SagaHistory saga, SagaStatus status) {
      return saga.status().equals(Optional.of(status));
    }
  }
}
