package io.skald.simulation;

import io.skald.machine.BlockState;
import io.skald.machine.Input;
import io.skald.machine.PhaseState;
import io.skald.machine.SagaCore;
import io.skald.machine.StepState;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a saga's state looks like to a machine that lacks a mechanism: something of it is not seen,
 * or seen otherwise. What the machine makes of that goes into the journal all the same.
 */
final class Misreading {

  private final Set<Mechanism> missing;
  private final SagaDefinition<?> definition;

  Misreading(Set<Mechanism> missing, SagaDefinition<?> definition) {
    this.missing = missing;
    this.definition = definition;
  }

  /** On the way forward, or where it does not matter. */
  SagaCore forward(SagaCore core, Input input) {
    SagaCore seen = core;
    if (missing.contains(Mechanism.ITEMS_REMEMBERED)) {
      seen = withBlocks(seen, new AskedAnew(definition, core)::items);
    }
    if (missing.contains(Mechanism.JOIN_WAITS) && input instanceof Input.ReplyReceived reply) {
      seen =
          withSteps(seen, step -> isBeside(step.name(), reply.step()) ? asIfSucceeded(step) : step);
    }
    if (missing.contains(Mechanism.AT_ONCE)) {
      seen = withoutItemsUnderWay(seen, stepOf(input).map(StepName::item).orElse(""));
    }
    if (input instanceof Input.SignalSent signal) {
      seen = signalled(seen, signal);
    }
    return seen;
  }

  /**
   * When the saga has turned back, or is about to.
   *
   * @param failed the step that was refused or given up
   */
  SagaCore back(SagaCore core, Optional<StepName> failed, Input input) {
    SagaCore seen = core;
    if (missing.contains(Mechanism.WAY_REMEMBERED)) {
      seen = withBlocks(seen, new AskedAnew(definition, core)::way);
    }
    if (missing.contains(Mechanism.LATE_WAY_COMPENSATED)) {
      seen = with(seen, seen.steps(), without(seen.blocks(), BlockState.Passed.class::isInstance));
    }
    if (missing.contains(Mechanism.BRANCHES_COMPENSATED) && failed.isPresent()) {
      seen =
          with(
              seen,
              without(seen.steps(), step -> isBeside(step.name(), failed.get())),
              seen.blocks());
    }
    if (missing.contains(Mechanism.SIBLINGS_SETTLE) && !(input instanceof Input.TimerFired)) {
      Optional<StepName> itself = failed.filter(step -> stepOf(input).equals(Optional.of(step)));
      seen =
          with(
              seen,
              without(
                  seen.steps(),
                  step -> step.action().isOpen() && !itself.equals(Optional.of(step.name()))),
              seen.blocks());
    }
    return seen;
  }

  private static Optional<StepName> stepOf(Input input) {
    return input instanceof Input.ReplyReceived reply
        ? Optional.of(reply.step())
        : Optional.empty();
  }

  private SagaCore signalled(SagaCore core, Input.SignalSent signal) {
    Optional<BlockState> block = core.block(signal.block());
    if (missing.contains(Mechanism.EARLY_SIGNAL_KEPT) && block.isEmpty()) {
      List<BlockState> blocks = new ArrayList<>(core.blocks());
      blocks.add(new BlockState.Signalled(signal.block(), signal.id(), core.updatedAt()));
      return with(core, core.steps(), blocks);
    }
    if (missing.contains(Mechanism.SIGNAL_ONCE)
        && block.orElse(null) instanceof BlockState.Signalled taken) {
      return with(core, core.steps(), without(core.blocks(), taken::equals));
    }
    return core;
  }

  /** Whether two steps of the same item stand in different branches of a parallel block. */
  private boolean isBeside(StepName one, StepName other) {
    return one.item().equals(other.item())
        && isBeside(definition.story(), one.inDefinition(), other.inDefinition());
  }

  private static boolean isBeside(Part<?> part, StepName one, StepName other) {
    for (Part<?> inner : part.inside()) {
      if (holds(inner, one)) {
        return holds(inner, other) ? isBeside(inner, one, other) : part instanceof Part.Parallel;
      }
    }
    return false;
  }

  private static boolean holds(Part<?> part, StepName name) {
    return part.nameIfAny().filter(name::equals).isPresent()
        || part.inside().stream().anyMatch(inner -> holds(inner, name));
  }

  private static StepState asIfSucceeded(StepState step) {
    PhaseState was = step.action();
    return was instanceof PhaseState.AwaitingReply
        ? new StepState(
            step.name(),
            step.kind(),
            new PhaseState.Succeeded(was.attempts(), was.at(), "{}", was.problem()),
            step.compensation(),
            step.child())
        : step;
  }

  /**
   * While others have yet to begin, those that have are not seen; but for the one that is asked.
   */
  private SagaCore withoutItemsUnderWay(SagaCore core, String asked) {
    return withBlocks(
        core,
        block -> {
          if (!(block instanceof BlockState.Items taken)) {
            return block;
          }
          Part<?> forEach = definition.part(block.name()).orElseThrow();
          List<BlockState.Item> seen =
              without(
                  taken.items(),
                  item -> !item.key().equals(asked) && hasBegun(forEach, item.key(), core));
          boolean someAreLeft =
              seen.stream().anyMatch(item -> !hasBegun(forEach, item.key(), core));
          return someAreLeft ? new BlockState.Items(block.name(), seen) : block;
        });
  }

  private static boolean hasBegun(Part<?> part, String item, SagaCore core) {
    return part.nameIfAny()
            .map(name -> name.of(item))
            .filter(name -> core.step(name).isPresent() || core.block(name).isPresent())
            .isPresent()
        || part.inside().stream().anyMatch(inner -> hasBegun(inner, item, core));
  }

  private static SagaCore withSteps(SagaCore core, UnaryOperator<StepState> change) {
    return with(core, core.steps().stream().map(change).toList(), core.blocks());
  }

  private static SagaCore withBlocks(SagaCore core, UnaryOperator<BlockState> change) {
    return with(core, core.steps(), core.blocks().stream().map(change).toList());
  }

  private static <T> List<T> without(List<T> all, Predicate<? super T> hidden) {
    return all.stream().filter(hidden.negate()).toList();
  }

  static SagaCore with(SagaCore core, List<StepState> steps, List<BlockState> blocks) {
    return new SagaCore(
        core.id(),
        core.definition(),
        core.version(),
        core.fingerprint(),
        core.key(),
        core.startDigest(),
        core.startedAt(),
        core.deadline(),
        core.place(),
        core.updatedAt(),
        core.seq(),
        core.data(),
        steps,
        blocks,
        core.parent());
  }
}
