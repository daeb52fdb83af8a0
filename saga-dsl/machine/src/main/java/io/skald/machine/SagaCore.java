package io.skald.machine;

import io.skald.saga.StepKind;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a saga carries through all of its states.
 *
 * @param key its business key, or its id as text when it was started without one
 * @param fingerprint the structure of its definition when it started
 * @param startDigest a digest of its first data, to tell a repeated start from a conflicting one
 * @param deadline until when it may reach its point of no return
 * @param place from 1 by the order of starts, among the sagas of its definition and key that are
 *     there at the same time; {@link #NO_PLACE} when a key is one saga
 * @param seq the number of its latest transition, from 1, without gaps
 * @param data its data, as JSON text
 * @param steps the steps that were issued, in the order in which they were
 * @param blocks what its blocks have found out or wait for
 * @param parent the saga that it is a step of; empty when it is one of its own
 */
public record SagaCore(
    SagaId id,
    String definition,
    int version,
    String fingerprint,
    String key,
    String startDigest,
    Instant startedAt,
    Optional<Instant> deadline,
    long place,
    Instant updatedAt,
    long seq,
    String data,
    List<StepState> steps,
    List<BlockState> blocks,
    Optional<ParentLink> parent) {

  /** The place of a saga whose definition is not exclusive. */
  public static final long NO_PLACE = 0;

  public SagaCore {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(startDigest, "startDigest");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(updatedAt, "updatedAt");
    Objects.requireNonNull(data, "data");
    steps = List.copyOf(steps);
    blocks = List.copyOf(blocks);
    Objects.requireNonNull(parent, "parent");
  }

  /** Of a saga that is no step of another and stands in no line. */
  public SagaCore(
      SagaId id,
      String definition,
      int version,
      String fingerprint,
      String key,
      String startDigest,
      Instant startedAt,
      Optional<Instant> deadline,
      Instant updatedAt,
      long seq,
      String data,
      List<StepState> steps,
      List<BlockState> blocks) {
    this(
        id,
        definition,
        version,
        fingerprint,
        key,
        startDigest,
        startedAt,
        deadline,
        NO_PLACE,
        updatedAt,
        seq,
        data,
        steps,
        blocks,
        Optional.empty());
  }

  /** Whether at most one saga of its definition and key is under way at a time. */
  public boolean isExclusive() {
    return place != NO_PLACE;
  }

  /** The step of this name; empty when it was never issued. */
  public Optional<StepState> step(StepName name) {
    for (StepState step : steps) {
      if (step.name().equals(name)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  /** What the block of this name has found out; empty when that is nothing. */
  public Optional<BlockState> block(StepName name) {
    for (BlockState block : blocks) {
      if (block.name().equals(name)) {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  /** The steps of which this phase waits for a reply or a retry, in the order of their issue. */
  public List<StepState> openSteps(Phase phase) {
    List<StepState> open = new ArrayList<>(1);
    for (StepState step : steps) {
      if (step.phase(phase).filter(PhaseState::isOpen).isPresent()) {
        open.add(step);
      }
    }
    return open;
  }

  /**
   * Whether the pivot's command has been issued: from there on the saga can't be called back,
   * unless the participant refuses it.
   */
  public boolean isPastReturn() {
    for (StepState step : steps) {
      if (step.kind() != StepKind.COMPENSATABLE
          && !(step.action() instanceof PhaseState.Rejected)) {
        return true;
      }
    }
    return false;
  }

  SagaCore at(long seq, Instant updatedAt) {
    return with(deadline, updatedAt, seq, data, steps, blocks, parent);
  }

  SagaCore withDeadline(Optional<Instant> deadline) {
    return with(deadline, updatedAt, seq, data, steps, blocks, parent);
  }

  SagaCore withData(String data) {
    return with(deadline, updatedAt, seq, data, steps, blocks, parent);
  }

  SagaCore withStep(StepState added) {
    List<StepState> all = new ArrayList<>(steps.size() + 1);
    all.addAll(steps);
    all.add(added);
    return with(deadline, updatedAt, seq, data, all, blocks, parent);
  }

  SagaCore changing(StepName name, UnaryOperator<StepState> change) {
    List<StepState> all = new ArrayList<>(steps);
    all.replaceAll(step -> step.name().equals(name) ? change.apply(step) : step);
    return with(deadline, updatedAt, seq, data, all, blocks, parent);
  }

  /** With this in place of what the block of the same name has found out so far. */
  SagaCore withBlock(BlockState block) {
    List<BlockState> all = new ArrayList<>(blocks);
    all.removeIf(other -> other.name().equals(block.name()));
    all.add(block);
    return with(deadline, updatedAt, seq, data, steps, all, parent);
  }

  SagaCore withParent(UnaryOperator<ParentLink> change) {
    return with(deadline, updatedAt, seq, data, steps, blocks, parent.map(change));
  }

  private SagaCore with(
      Optional<Instant> deadline,
      Instant updatedAt,
      long seq,
      String data,
      List<StepState> steps,
      List<BlockState> blocks,
      Optional<ParentLink> parent) {
    return new SagaCore(
        id,
        definition,
        version,
        fingerprint,
        key,
        startDigest,
        startedAt,
        deadline,
        place,
        updatedAt,
        seq,
        data,
        steps,
        blocks,
        parent);
  }
}
