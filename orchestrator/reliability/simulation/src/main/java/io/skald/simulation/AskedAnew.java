package io.skald.simulation;

import io.skald.machine.BlockState;
import io.skald.machine.SagaCore;
import io.skald.saga.Each;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import io.skald.simulation.Messages.Leg;
import io.skald.simulation.Messages.Trip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What blocks would find out if they were asked again, with the data as it is now. */
final class AskedAnew {

  private final SagaDefinition<?> definition;
  private final SagaCore core;
  private final Trip trip;

  AskedAnew(SagaDefinition<?> definition, SagaCore core) {
    this.definition = definition;
    this.core = core;
    this.trip = World.CODEC.decode(core.data(), Trip.class);
  }

  /** Other than a way that was chosen, this stays as it is. */
  BlockState way(BlockState block) {
    if (block instanceof BlockState.Chosen chosen
        && definition.part(block.name()).orElse(null) instanceof Part.When<?> when) {
      try {
        Predicate<Object> condition = erased(when.condition());
        return new BlockState.Chosen(block.name(), !condition.test(view(chosen.name())));
      } catch (IllegalStateException defect) {
        return block;
      }
    }
    return block;
  }

  /** Other than items that were taken, this stays as it is. */
  BlockState items(BlockState block) {
    if (block instanceof BlockState.Items
        && definition.part(block.name()).orElse(null) instanceof Part.ForEach<?, ?> forEach) {
      try {
        Function<Object, Collection<?>> items = erased(forEach.items());
        Function<Object, String> key = erased(forEach.key());
        List<BlockState.Item> fresh = new ArrayList<>();
        for (Object item : items.apply(trip)) {
          fresh.add(new BlockState.Item(key.apply(item), World.CODEC.encode(item)));
        }
        return new BlockState.Items(block.name(), fresh);
      } catch (IllegalStateException defect) {
        return block;
      }
    }
    return block;
  }

  private Object view(StepName name) {
    if (name.item().isEmpty()) {
      return trip;
    }
    return Messages.EVERY_LEG.stream()
        .filter(leg -> leg.name().equals(name.item()))
        .<Object>map(leg -> new Each<Trip, Leg>(trip, leg))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No leg " + name.item() + " of " + core.id()));
  }

  /** The builder's types have tied functions to data. */
  @SuppressWarnings("unchecked")
  private static <F> F erased(Object function) {
    return (F) function;
  }
}
