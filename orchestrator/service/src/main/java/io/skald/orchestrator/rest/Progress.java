package io.skald.orchestrator.rest;

import io.skald.machine.BlockState;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.Standing;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How far each step and block of a saga has come, by a walk over its definition: for each item of a
 * {@code forEach} once its items are taken, in the order in which the story is written.
 */
final class Progress {

  private final SagaState state;
  private final SagaDefinition<?> definition;
  private final boolean goesForward;
  private final Map<StepName, StepState> steps = new HashMap<>();
  private final Map<StepName, BlockState> blocks = new HashMap<>();
  private final Map<StepName, Standing> standings = new LinkedHashMap<>();

  private Progress(SagaState state, SagaDefinition<?> definition) {
    this.state = state;
    this.definition = definition;
    SagaState moving = state instanceof SagaState.Parked parked ? parked.interrupted() : state;
    this.goesForward = moving instanceof SagaState.Running || moving instanceof SagaState.Queued;
    state.core().steps().forEach(step -> steps.put(step.name(), step));
    state.core().blocks().forEach(block -> blocks.put(block.name(), block));
  }

  static Progress of(SagaState state, SagaDefinition<?> definition) {
    Progress progress = new Progress(state, definition);
    progress.walk(definition.story(), "", true);
    return progress;
  }

  SagaState state() {
    return state;
  }

  SagaDefinition<?> definition() {
    return definition;
  }

  /** All that has a name, and how far it has come. */
  Map<StepName, Standing> standings() {
    return standings;
  }

  /** How far one step or block has come; of all items together when the name has none. */
  Optional<Standing> of(StepName name) {
    Optional<Standing> own = Optional.ofNullable(standings.get(name));
    if (own.isPresent() || !name.item().isEmpty()) {
      return own;
    }
    List<Standing> ofItems =
        standings.entrySet().stream()
            .filter(each -> each.getKey().inDefinition().equals(name))
            .map(Map.Entry::getValue)
            .toList();
    return ofItems.isEmpty() ? Optional.empty() : Optional.of(together(ofItems));
  }

  /** How far the body of a {@code forEach} has come for one of its items. */
  Standing ofItem(Part.ForEach<?, ?> forEach, String item) {
    return together(
        names(forEach.body())
            .map(name -> standings.getOrDefault(name.of(item), Standing.TO_COME))
            .toList());
  }

  private static Stream<StepName> names(Part<?> part) {
    return Stream.concat(
        part.nameIfAny().stream(), part.inside().stream().flatMap(Progress::names));
  }

  /**
   * @param item the item whose body this is; empty outside of all, and while it is not known
   * @param reachable false on a way that was not taken
   */
  private Standing walk(Part<?> part, String item, boolean reachable) {
    Optional<StepName> name = part.nameIfAny().map(n -> n.of(item));
    name.ifPresent(n -> standings.put(n, Standing.TO_COME)); // Keeps the order of the story.
    Standing standing =
        switch (part) {
          case StepDefinition<?> step -> step(step.name().of(item), reachable);
          case Part.InOrder<?> inOrder -> all(inOrder.parts(), item, reachable);
          case Part.Parallel<?> parallel -> all(parallel.branches(), item, reachable);
          case Part.When<?> when -> when(when, when.name().of(item), item, reachable);
          case Part.ForEach<?, ?> forEach -> forEach(forEach, reachable);
          case Part.Await<?> await -> await(await, await.name().of(item), item, reachable);
          case Part.Pause<?> pause -> waiting(pause.name().of(item), reachable);
        };
    name.ifPresent(n -> standings.put(n, standing));
    return standing;
  }

  private Standing all(List<? extends Part<?>> parts, String item, boolean reachable) {
    List<Standing> inside = new ArrayList<>();
    parts.forEach(part -> inside.add(walk(part, item, reachable)));
    return together(inside);
  }

  private Standing when(Part.When<?> when, StepName name, String item, boolean reachable) {
    if (blocks.get(name) instanceof BlockState.Chosen chosen) {
      walk(chosen.otherwise() ? when.then() : when.otherwise(), item, false);
      return walk(chosen.otherwise() ? when.otherwise() : when.then(), item, reachable);
    }
    walk(when.then(), item, reachable);
    walk(when.otherwise(), item, reachable);
    return notBegun(reachable);
  }

  private Standing forEach(Part.ForEach<?, ?> forEach, boolean reachable) {
    if (!(blocks.get(forEach.name()) instanceof BlockState.Items taken)) {
      walk(forEach.body(), "", reachable);
      return notBegun(reachable);
    }
    List<Standing> ofItems = new ArrayList<>();
    for (BlockState.Item item : taken.items()) {
      ofItems.add(walk(forEach.body(), item.key(), reachable));
    }
    return together(ofItems);
  }

  private Standing await(Part.Await<?> await, StepName name, String item, boolean reachable) {
    boolean isLate = blocks.get(name) instanceof BlockState.Passed && await.late().isPresent();
    boolean mayBeLate = !(blocks.get(name) instanceof BlockState.Signalled);
    Optional<Standing> late =
        await.late().map(way -> walk(way, item, reachable && (isLate || mayBeLate)));
    return isLate ? late.orElseThrow() : waiting(name, reachable);
  }

  private Standing waiting(StepName name, boolean reachable) {
    return switch (blocks.get(name)) {
      case BlockState.Signalled signalled -> Standing.DONE;
      case BlockState.Passed passed -> passed(name);
      case BlockState.Waiting waiting when isParkedAt(name) -> Standing.PARKED;
      case BlockState.Waiting waiting -> goesForward ? Standing.UNDER_WAY : Standing.LEFT_OUT;
      case null, default -> notBegun(reachable);
    };
  }

  /** A pause that is over; or the limit of an await that had no other way. */
  private Standing passed(StepName name) {
    if (isParkedAt(name)) {
      return Standing.PARKED;
    }
    return turnedBackAt().filter(name::equals).isPresent() ? Standing.FAILED : Standing.DONE;
  }

  private Optional<StepName> turnedBackAt() {
    return switch (state) {
      case SagaState.Compensating back -> back.failedStep();
      case SagaState.Compensated back -> back.failedStep();
      case SagaState.Parked parked
          when parked.interrupted() instanceof SagaState.Compensating back ->
          back.failedStep();
      default -> Optional.empty();
    };
  }

  private Standing step(StepName name, boolean reachable) {
    StepState step = steps.get(name);
    if (step == null) {
      return notBegun(reachable);
    }
    PhaseState latest = step.compensation().orElse(step.action());
    boolean undone = step.compensation().isPresent();
    return switch (latest) {
      case PhaseState.Succeeded settled -> undone ? Standing.COMPENSATED : Standing.DONE;
      case PhaseState open when isParkedAt(name) -> Standing.PARKED;
      case PhaseState.Rejected settled -> Standing.FAILED;
      case PhaseState.Unknown settled -> Standing.FAILED;
      case PhaseState open when state instanceof SagaState.Terminal -> Standing.FAILED;
      case PhaseState open -> undone ? Standing.COMPENSATING : Standing.UNDER_WAY;
    };
  }

  private Standing notBegun(boolean reachable) {
    return reachable && goesForward ? Standing.TO_COME : Standing.LEFT_OUT;
  }

  private boolean isParkedAt(StepName name) {
    return state instanceof SagaState.Parked parked
        && parked.step().filter(name::equals).isPresent();
  }

  /** What several parts are together. */
  private Standing together(List<Standing> parts) {
    Set<Standing> all = EnumSet.noneOf(Standing.class);
    all.addAll(parts);
    for (Standing first : List.of(Standing.PARKED, Standing.COMPENSATING, Standing.UNDER_WAY)) {
      if (all.contains(first)) {
        return first;
      }
    }
    if (all.contains(Standing.COMPENSATED)) {
      boolean more = all.contains(Standing.DONE) && !(state instanceof SagaState.Terminal);
      return more ? Standing.COMPENSATING : Standing.COMPENSATED;
    }
    if (all.contains(Standing.FAILED)) {
      return Standing.FAILED;
    }
    if (all.contains(Standing.TO_COME)) {
      return all.contains(Standing.DONE) ? Standing.UNDER_WAY : Standing.TO_COME;
    }
    return all.contains(Standing.DONE) || all.isEmpty() ? Standing.DONE : Standing.LEFT_OUT;
  }
}
