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
 * @param seq the number of its latest transition, from 1, without gaps
 * @param data its data, as JSON text
 * @param steps the steps that were issued, in the order in which they were
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
    Instant updatedAt,
    long seq,
    String data,
    List<StepState> steps) {

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

  /** The one phase of the one step that waits for something; empty when none does. */
  Optional<StepState> openStep(Phase phase) {
    for (StepState step : steps) {
      if (step.phase(phase).filter(PhaseState::isOpen).isPresent()) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
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
    return new SagaCore(
        id,
        definition,
        version,
        fingerprint,
        key,
        startDigest,
        startedAt,
        deadline,
        updatedAt,
        seq,
        data,
        steps);
  }

  SagaCore withData(String data) {
    return new SagaCore(
        id,
        definition,
        version,
        fingerprint,
        key,
        startDigest,
        startedAt,
        deadline,
        updatedAt,
        seq,
        data,
        steps);
  }

  SagaCore withSteps(List<StepState> steps) {
    return new SagaCore(
        id,
        definition,
        version,
        fingerprint,
        key,
        startDigest,
        startedAt,
        deadline,
        updatedAt,
        seq,
        data,
        steps);
  }

  SagaCore withStep(StepState added) {
    List<StepState> all = new ArrayList<>(steps.size() + 1);
    all.addAll(steps);
    all.add(added);
    return withSteps(all);
  }

  SagaCore changing(StepName name, UnaryOperator<StepState> change) {
    List<StepState> all = new ArrayList<>(steps);
    all.replaceAll(step -> step.name().equals(name) ? change.apply(step) : step);
    return withSteps(all);
  }
}
