package io.skald.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.JournalEntry.CommandIssued;
import io.skald.machine.JournalEntry.StepSkipped;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.saga.Part;
import io.skald.saga.StepDefinition;
import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PaperLaw} says of one step after the other, for definitions with blocks: of a saga
 * that has come to rest, the way that it took is done, or what can be undone of it is; what is
 * behind a part begins when all of the part is done, and goes back before it.
 */
final class StoryLaw {

  private final Rehearsal saga;
  private final List<String> effects;
  private final Set<String> skipped;
  private final Map<String, Integer> begun = new HashMap<>();
  private final Map<String, Integer> done = new HashMap<>();

  StoryLaw(Rehearsal saga, List<String> effects) {
    this.saga = saga;
    this.effects = effects;
    this.skipped =
        saga.entries(StepSkipped.class).stream()
            .map(skip -> name(skip.step(), skip.phase()))
            .collect(Collectors.toSet());
    List<JournalEntry> entries = saga.entries();
    for (int i = 0; i < entries.size(); i++) {
      switch (entries.get(i)) {
        case CommandIssued issued -> begun.putIfAbsent(name(issued.step(), issued.phase()), i);
        case StepSucceeded e -> done.put(name(e.step(), Phase.ACTION), i);
        case JournalEntry.StepCompensated e -> done.put(name(e.step(), Phase.COMPENSATION), i);
        case StepSkipped e -> done.put(name(e.step(), e.phase()), i);
        default -> {}
      }
    }
  }

  void check() {
    assertThat(effects).as("one effect of each at most").doesNotHaveDuplicates();
    for (String effect : effects) {
      if (effect.startsWith("-")) {
        assertThat(effects.indexOf(effect.substring(1)))
            .as(effect + " is undone after it was done")
            .isBetween(0, effects.indexOf(effect) - 1);
      }
    }
    inOrder(saga.definition().story(), "");
    folded();
    switch (saga.state()) {
      case SagaState.Completed completed ->
          assertThat(without(skipped, new TreeSet<>(effects)))
              .as("all of the way that was taken")
              .isEqualTo(without(skipped, way(saga.definition().story(), "")));
      case SagaState.Compensated compensated -> compensated();
      case SagaState.Parked parked ->
          assertThat(parked.reason()).isEqualTo(ParkReason.STEP_REJECTED);
      case SagaState.Aborted aborted -> {}
      case SagaState.Active active -> throw new AssertionError("Not at rest: " + active.status());
      case SagaState.Queued queued -> throw new AssertionError("Still " + queued.status());
      case SagaState.Held held -> throw new AssertionError("It is nobody's child: " + held);
    }
  }

  private void compensated() {
    for (String effect : effects) {
      if (!effect.startsWith("-")) {
        StepDefinition<?> step = definition(effect);
        assertThat(step.kind()).as("nothing from the pivot on").isEqualTo(StepKind.COMPENSATABLE);
        if (step.compensation().isPresent() && !skipped.contains("-" + effect)) {
          assertThat(effects).as("all that happened is undone").contains("-" + effect);
        }
      }
    }
  }

  private void folded() {
    List<String> expected = new ArrayList<>();
    for (JournalEntry entry : saga.entries()) {
      switch (entry) {
        case StepSucceeded e when definition(e.step() + "").onReply().isPresent() ->
            expected.add("receipt of " + e.step());
        case StepSkipped e
            when e.phase() == Phase.ACTION && definition(e.step() + "").onReply().isPresent() ->
            expected.add(ModelParticipants.SKIPPED);
        case JournalEntry.SignalTaken e -> expected.add("approved by ann");
        default -> {}
      }
    }
    assertThat(saga.data().receipts()).as("what was folded, in turn").isEqualTo(expected);
  }

  /** The names of all steps on the way that was chosen. */
  private Set<String> way(Part<?> part, String item) {
    Set<String> names = new TreeSet<>();
    switch (part) {
      case StepDefinition<?> step -> names.add(step.name().of(item).toString());
      case Part.InOrder<?> inOrder -> inOrder.parts().forEach(p -> names.addAll(way(p, item)));
      case Part.Parallel<?> all -> all.branches().forEach(p -> names.addAll(way(p, item)));
      case Part.When<?> when -> {
        if (block(when.name().of(item)) instanceof BlockState.Chosen chosen) {
          names.addAll(way(chosen.otherwise() ? when.otherwise() : when.then(), item));
        }
      }
      case Part.ForEach<?, ?> each -> {
        if (block(each.name()) instanceof BlockState.Items taken) {
          taken.items().forEach(one -> names.addAll(way(each.body(), one.key())));
        }
      }
      case Part.Await<?> await -> {
        if (await.late().isPresent() && block(await.name().of(item)) instanceof BlockState.Passed) {
          names.addAll(way(await.late().get(), item));
        }
      }
      case Part.Pause<?> pause -> {}
    }
    return names;
  }

  private void inOrder(Part<?> part, String item) {
    if (part instanceof Part.ForEach<?, ?> each) {
      if (block(each.name()) instanceof BlockState.Items taken) {
        taken.items().forEach(one -> inOrder(each.body(), one.key()));
      }
      return;
    }
    if (part instanceof Part.InOrder<?> sequence) {
      Set<String> before = new TreeSet<>();
      for (Part<?> next : sequence.parts()) {
        Set<String> names = way(next, item);
        for (String later : names) {
          before.forEach(earlier -> inOrder(earlier, later));
        }
        before.addAll(names);
      }
    }
    part.inside().forEach(inner -> inOrder(inner, item));
  }

  private void inOrder(String earlier, String later) {
    if (begun.containsKey(later)) {
      assertThat(done.getOrDefault(earlier, Integer.MAX_VALUE))
          .as(later + " begins when " + earlier + " is done")
          .isLessThan(begun.get(later));
    }
    if (begun.containsKey("-" + earlier) && begun.containsKey("-" + later)) {
      assertThat(done.getOrDefault("-" + later, Integer.MAX_VALUE))
          .as(later + " is undone before " + earlier)
          .isLessThan(begun.get("-" + earlier));
    }
  }

  private @Nullable BlockState block(StepName name) {
    return saga.state().core().block(name).orElse(null);
  }

  private StepDefinition<?> definition(String name) {
    return saga.definition().step(StepName.parse(name)).orElseThrow();
  }

  private static String name(StepName step, Phase phase) {
    return (phase == Phase.COMPENSATION ? "-" : "") + step;
  }

  private static Set<String> without(Set<String> some, Set<String> all) {
    all.removeAll(some);
    return all;
  }
}
