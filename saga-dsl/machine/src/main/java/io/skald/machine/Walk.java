package io.skald.machine;

import io.skald.machine.JournalEntry.ItemsTaken;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.WaitBegan;
import io.skald.machine.JournalEntry.WayChosen;
import io.skald.saga.Part;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way through a definition's story, forward or back: from its beginning past all that is done,
 * and wherever something is next, that is begun. It goes past what is under way, so it may be
 * walked at any time, and what it comes to does not depend on the order in which answers came.
 */
final class Walk<D> {

  /** With fewer of them looking through all is quicker than an index. */
  private static final int FEW = 16;

  private final Turn<D> turn;
  private final SagaCore begin;
  private final Map<StepName, StepState> steps = new HashMap<>();
  private final Map<StepName, BlockState> blocks = new HashMap<>();

  /** A walk begins nothing twice, so what is known at its start is enough. */
  Walk(Turn<D> turn) {
    this.turn = turn;
    this.begin = turn.core();
    if (begin.steps().size() > FEW) {
      begin.steps().forEach(step -> steps.put(step.name(), step));
    }
    if (begin.blocks().size() > FEW) {
      begin.blocks().forEach(block -> blocks.put(block.name(), block));
    }
  }

  /** Whether all of the part is done. What is next in it has begun, unless the saga turned back. */
  boolean forward(Part<?> part, String item) {
    if (!turn.isRunning()) {
      return false; // The deadline has passed while another branch was looked at.
    }
    return switch (part) {
      case StepDefinition<?> step -> act(step.name().of(item));
      case Part.InOrder<?> inOrder -> {
        for (Part<?> inner : inOrder.parts()) {
          if (!forward(inner, item)) {
            yield false;
          }
        }
        yield true;
      }
      case Part.Parallel<?> parallel -> {
        boolean done = true;
        for (Part<?> branch : parallel.branches()) {
          done &= forward(branch, item);
        }
        yield done;
      }
      case Part.When<?> when -> {
        Optional<Part<?>> way = wayOf(when, when.name().of(item));
        yield way.isPresent() && forward(way.get(), item);
      }
      case Part.ForEach<?, ?> forEach -> eachForward(forEach);
      case Part.Await<?> await -> awaited(await, await.name().of(item), item);
      case Part.Pause<?> pause -> paused(pause.name().of(item), pause.time());
    };
  }

  /** Whether nothing of the part is left to undo. What is next in it is being undone. */
  boolean back(Part<?> part, String item) {
    return switch (part) {
      case StepDefinition<?> step -> undo(step, step.name().of(item));
      case Part.InOrder<?> inOrder -> {
        for (Part<?> inner : inOrder.parts().reversed()) {
          if (!back(inner, item)) {
            yield false;
          }
        }
        yield true;
      }
      case Part.Parallel<?> parallel -> {
        boolean done = true;
        for (Part<?> branch : parallel.branches()) {
          done &= back(branch, item);
        }
        yield done;
      }
      case Part.When<?> when ->
          !(block(when.name().of(item)) instanceof BlockState.Chosen chosen)
              || back(chosen.otherwise() ? when.otherwise() : when.then(), item);
      case Part.ForEach<?, ?> forEach -> eachBack(forEach);
      case Part.Await<?> await ->
          await.late().isEmpty()
              || !(block(await.name().of(item)) instanceof BlockState.Passed)
              || back(await.late().get(), item);
      case Part.Pause<?> pause -> true;
    };
  }

  private @Nullable StepState step(StepName name) {
    return begin.steps().size() > FEW ? steps.get(name) : begin.step(name).orElse(null);
  }

  private @Nullable BlockState block(StepName name) {
    return begin.blocks().size() > FEW ? blocks.get(name) : begin.block(name).orElse(null);
  }

  private boolean act(StepName name) {
    StepState step = step(name);
    if (step == null) {
      if (!turn.turnedBackAtDeadline()) {
        turn.issueAction(name, Attempts.firstAt(turn.now()));
      }
      return false;
    }
    return step.action() instanceof PhaseState.Succeeded;
  }

  private boolean undo(StepDefinition<?> definition, StepName name) {
    StepState step = step(name);
    if (step == null || !step.mayHaveHappened() || definition.compensation().isEmpty()) {
      return true;
    }
    if (step.compensation().isEmpty()) {
      turn.issueCompensation(step, Attempts.firstAt(turn.now()));
    }
    return false;
  }

  private Optional<Part<?>> wayOf(Part.When<?> when, StepName name) {
    boolean otherwise;
    if (block(name) instanceof BlockState.Chosen chosen) {
      otherwise = chosen.otherwise();
    } else if (turn.turnedBackAtDeadline()) {
      return Optional.empty();
    } else {
      otherwise = !turn.userCode().holds(when, name, turn.core());
      turn.record(new WayChosen(name, otherwise));
    }
    return Optional.of(otherwise ? when.otherwise() : when.then());
  }

  /** Items begin in their order, so those under way come before those that have yet to begin. */
  private boolean eachForward(Part.ForEach<?, ?> forEach) {
    List<BlockState.Item> items;
    if (block(forEach.name()) instanceof BlockState.Items taken) {
      items = taken.items();
    } else if (turn.turnedBackAtDeadline()) {
      return false;
    } else {
      items = turn.userCode().itemsOf(forEach, turn.core());
      turn.record(new ItemsTaken(forEach.name(), items));
    }
    int underWay = 0;
    for (BlockState.Item item : items) {
      if (underWay == forEach.atOnce()) {
        return false;
      }
      if (!forward(forEach.body(), item.key())) {
        underWay++;
      }
    }
    return underWay == 0;
  }

  private boolean eachBack(Part.ForEach<?, ?> forEach) {
    if (!(block(forEach.name()) instanceof BlockState.Items taken)) {
      return true;
    }
    int underWay = 0;
    for (BlockState.Item item : taken.items()) {
      if (underWay == forEach.atOnce()) {
        return false;
      }
      if (!back(forEach.body(), item.key())) {
        underWay++;
      }
    }
    return underWay == 0;
  }

  private boolean awaited(Part.Await<?> await, StepName name, String item) {
    return switch (block(name)) {
      case BlockState.Kept kept -> {
        Optional<String> data =
            turn.userCode().foldSignal(await, name, turn.core(), kept.payload());
        turn.record(new SignalTaken(name, kept.signal(), data));
        yield true;
      }
      case BlockState.Signalled signalled -> true;
      // Without another way the saga has parked here and was resumed: it waits once more.
      case BlockState.Passed passed ->
          await.late().isPresent()
              ? forward(await.late().get(), item)
              : waiting(name, await.limit());
      case null -> waiting(name, await.limit());
      default -> false;
    };
  }

  private boolean paused(StepName name, Duration time) {
    BlockState state = block(name);
    return state instanceof BlockState.Passed || (state == null && waiting(name, time));
  }

  private boolean waiting(StepName name, Duration time) {
    if (!turn.turnedBackAtDeadline()) {
      turn.record(new WaitBegan(name, turn.after(time)));
    }
    return false;
  }
}
