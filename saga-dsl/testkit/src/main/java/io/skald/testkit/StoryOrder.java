package io.skald.testkit;

import io.skald.machine.BlockState;
import io.skald.machine.SagaCore;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the steps and blocks of a definition stand to each other: by its tree, not by a journal. */
final class StoryOrder {

  private final SagaDefinition<?> definition;
  private final Map<StepName, List<Turning>> ways = new HashMap<>();

  /** One turning on the way from the story to a step: into which of a part's parts. */
  private record Turning(Part<?> part, int into) {}

  /**
   * Where the ways to two steps part.
   *
   * @param oneFirst whether the first of the two is in a part that is written before the other's
   */
  private record Fork(Part<?> at, boolean oneFirst) {}

  StoryOrder(SagaDefinition<?> definition) {
    this.definition = definition;
    collect(definition.story(), List.of());
  }

  private void collect(Part<?> part, List<Turning> way) {
    part.nameIfAny().ifPresent(name -> ways.put(name, way));
    List<? extends Part<?>> inside = part.inside();
    for (int i = 0; i < inside.size(); i++) {
      List<Turning> further = new ArrayList<>(way);
      further.add(new Turning(part, i));
      collect(inside.get(i), further);
    }
  }

  /** Whether one is done before the other begins. */
  boolean comesBefore(StepName one, StepName other) {
    return forkOf(one, other)
        .filter(fork -> fork.at() instanceof Part.InOrder<?> && fork.oneFirst())
        .isPresent();
  }

  /** The parallel or forEach block in which the two run side by side; empty when they do not. */
  Optional<Part<?>> sideBySide(StepName one, StepName other) {
    return forkOf(one, other)
        .<Part<?>>map(Fork::at)
        .filter(at -> at instanceof Part.Parallel<?> || at instanceof Part.ForEach<?, ?>);
  }

  private Optional<Fork> forkOf(StepName one, StepName other) {
    List<Turning> first = ways.getOrDefault(one.inDefinition(), List.of());
    List<Turning> second = ways.getOrDefault(other.inDefinition(), List.of());
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      Part<?> at = first.get(i).part();
      int into = first.get(i).into();
      int otherInto = second.get(i).into();
      boolean otherItem = at instanceof Part.ForEach<?, ?> && !one.item().equals(other.item());
      if (otherItem || into != otherInto) {
        return Optional.of(new Fork(at, into < otherInto));
      }
    }
    return Optional.empty();
  }

  /** Steps and blocks that a saga which has completed its whole story must have come to. */
  List<StepName> missedBy(SagaCore completed) {
    List<StepName> missed = new ArrayList<>();
    expect(definition.story(), "", completed, missed);
    return missed;
  }

  private void expect(Part<?> part, String item, SagaCore core, List<StepName> missed) {
    Optional<StepName> name = part.nameIfAny().map(n -> n.of(item));
    Optional<BlockState> found = name.flatMap(core::block);
    switch (part) {
      case StepDefinition<?> step -> missing(core.step(step.name().of(item)), name, missed);
      case Part.InOrder<?> inOrder -> expectAll(inOrder, item, core, missed);
      case Part.Parallel<?> parallel -> expectAll(parallel, item, core, missed);
      case Part.When<?> when -> {
        missing(found, name, missed);
        if (found.orElse(null) instanceof BlockState.Chosen chosen) {
          expect(chosen.otherwise() ? when.otherwise() : when.then(), item, core, missed);
        }
      }
      case Part.ForEach<?, ?> forEach -> {
        missing(found, name, missed);
        if (found.orElse(null) instanceof BlockState.Items taken) {
          taken.items().forEach(each -> expect(forEach.body(), each.key(), core, missed));
        }
      }
      case Part.Await<?> await -> {
        missing(found, name, missed);
        if (found.orElse(null) instanceof BlockState.Passed && await.late().isPresent()) {
          expect(await.late().get(), item, core, missed);
        }
      }
      case Part.Pause<?> pause -> missing(found, name, missed);
    }
  }

  private void expectAll(Part<?> part, String item, SagaCore core, List<StepName> missed) {
    part.inside().forEach(inner -> expect(inner, item, core, missed));
  }

  private static void missing(Optional<?> found, Optional<StepName> name, List<StepName> missed) {
    if (found.isEmpty()) {
      missed.add(name.orElseThrow());
    }
  }
}
