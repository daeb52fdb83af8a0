package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The parts of a definition, or of one of its blocks, while they are being written. The stages
 * share it, so a user who keeps an old stage could go back on it: compensate a step twice, leave
 * one without its compensation, add a step behind the pivot's back. The compiler can't refuse that;
 * each use of a stage that was left is noted, and {@code build()} refuses it.
 */
final class StoryBuilder<D> {

  private final String saga;
  private final Supplier<SagaDefinition<D>> definition;
  private final boolean isBlock;
  private final List<String> detours;
  private final List<PartDraft<D>> parts = new ArrayList<>();
  private Object latestStage = this;

  StoryBuilder(String saga, Supplier<SagaDefinition<D>> definition) {
    this(saga, definition, false, new ArrayList<>());
  }

  private StoryBuilder(
      String saga, Supplier<SagaDefinition<D>> definition, boolean isBlock, List<String> detours) {
    this.saga = saga;
    this.definition = definition;
    this.isBlock = isBlock;
    this.detours = detours;
  }

  List<PartDraft<D>> parts() {
    return parts;
  }

  List<String> detours() {
    return detours;
  }

  <S> S goOnTo(S stage) {
    latestStage = stage;
    return stage;
  }

  void mustBeLatest(Object stage, String subject, String detour) {
    if (stage != latestStage) {
      detours.add("Saga '" + saga + "'" + subject + " " + detour);
    }
  }

  void mayBeSaid(Object stage, StepDraft<D> draft) {
    mustBeLatest(
        stage,
        ": step '" + draft.name + "'",
        "is changed after the story has gone on; say all about a step in one chain, and once");
  }

  <C extends Command<?>> StepDraft<D> step(
      Object stage,
      String step,
      StepKind kind,
      Participant participant,
      Class<C> type,
      Function<? super D, ? extends C> make) {
    if (isBlock && kind == StepKind.PIVOT) {
      detours.add(
          "Saga '"
              + saga
              + "': step '"
              + step
              + "' is a pivot inside of a block; a saga has one point of no return, outside of all"
              + " blocks");
    }
    StepDraft<D> draft = new StepDraft<>(step, kind, participant, type, make);
    add(stage, draft, "step");
    return draft;
  }

  <C> StepDraft<D> subSaga(
      Object stage,
      String step,
      StepKind kind,
      SagaDefinition<C> child,
      Function<? super D, ? extends C> data) {
    StepDraft<D> draft = new StepDraft<>(step, kind, child, data);
    add(stage, draft, "step");
    return draft;
  }

  void add(Object stage, BlockDraft<D> block) {
    add(stage, block, "block");
  }

  private void add(Object stage, PartDraft<D> part, String what) {
    mustBeLatest(
        stage,
        ": " + what + " '" + part.name() + "'",
        "is added at a place that the story has left; add each "
            + what
            + " to what the one before it gave");
    parts.add(part);
  }

  /** The parts of a block: whatever is written on the stage that it begins with. */
  <E, S> List<PartDraft<E>> block(
      String name, Function<StoryBuilder<E>, ? extends S> begin, UnaryOperator<S> body) {
    StoryBuilder<E> block = new StoryBuilder<>(saga, StoryBuilder::noneInABlock, true, detours);
    Object outside = latestStage;
    latestStage = block; // What is outside is not to be used while the block is being written.
    S last = body.apply(block.goOnTo(begin.apply(block)));
    latestStage = outside;
    block.mustBeLatest(
        last,
        ": block '" + name + "'",
        "does not end with what its last part gave; return that from its function");
    return block.parts;
  }

  SagaDefinition<D> build(Object stage) {
    mustBeLatest(
        stage,
        "",
        "is built at a place that the story has left; call build() on what the last step gave");
    return definition.get();
  }

  private static <E> SagaDefinition<E> noneInABlock() {
    throw new InvalidDefinitionException(
        List.of("A definition is built inside of a block; call build() behind all of its parts"));
  }
}
