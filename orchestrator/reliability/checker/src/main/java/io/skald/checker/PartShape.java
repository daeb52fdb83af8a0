package io.skald.checker;

import io.skald.saga.Part;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the checker must know of one part of a definition: a step, or a block with parts inside. */
public sealed interface PartShape
    permits StepShape,
        PartShape.InOrder,
        PartShape.Parallel,
        PartShape.When,
        PartShape.ForEach,
        PartShape.Await,
        PartShape.Pause {

  /** Parts that run one after the other. */
  record InOrder(List<PartShape> parts) implements PartShape {

    public InOrder {
      parts = List.copyOf(parts);
    }
  }

  /** Parts that run side by side. */
  record Parallel(StepName name, List<PartShape> branches) implements PartShape {

    public Parallel {
      Objects.requireNonNull(name, "name");
      branches = List.copyOf(branches);
    }
  }

  /** One of two ways. */
  record When(StepName name, InOrder then, InOrder otherwise) implements PartShape {

    public When {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(then, "then");
      Objects.requireNonNull(otherwise, "otherwise");
    }
  }

  /**
   * The same story for each item.
   *
   * @param atOnce how many items may be under way at once
   */
  record ForEach(StepName name, int atOnce, InOrder body) implements PartShape {

    public ForEach {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(body, "body");
    }
  }

  /**
   * The story waits for a signal.
   *
   * @param late what happens when it does not come in time; empty when the story then goes no
   *     further
   */
  record Await(StepName name, Optional<InOrder> late) implements PartShape {

    public Await {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(late, "late");
    }
  }

  /** The story stands still for a while. */
  record Pause(StepName name) implements PartShape {

    public Pause {
      Objects.requireNonNull(name, "name");
    }
  }

  /** The shape of a part of a definition. */
  static PartShape of(Part<?> part) {
    return switch (part) {
      case StepDefinition<?> step ->
          new StepShape(
              step.name(), step.kind(), step.participant(), step.compensation().isPresent());
      case Part.InOrder<?> block -> inOrder(block);
      case Part.Parallel<?> block ->
          new Parallel(block.name(), block.branches().stream().map(PartShape::of).toList());
      case Part.When<?> block ->
          new When(block.name(), inOrder(block.then()), inOrder(block.otherwise()));
      case Part.ForEach<?, ?> block ->
          new ForEach(block.name(), block.atOnce(), inOrder(block.body()));
      case Part.Await<?> block -> new Await(block.name(), block.late().map(PartShape::inOrder));
      case Part.Pause<?> block -> new Pause(block.name());
    };
  }

  private static InOrder inOrder(Part.InOrder<?> block) {
    return new InOrder(block.parts().stream().map(PartShape::of).toList());
  }

  /** The parts right inside this one. */
  default List<? extends PartShape> inside() {
    return switch (this) {
      case StepShape step -> List.of();
      case InOrder block -> block.parts();
      case Parallel block -> block.branches();
      case When block -> List.of(block.then(), block.otherwise());
      case ForEach block -> List.of(block.body());
      case Await block -> block.late().map(List::of).orElse(List.of());
      case Pause block -> List.of();
    };
  }

  /** Whether this is the part of this name, for whichever item, or has it inside. */
  default boolean holds(StepName name) {
    return nameIfAny().filter(name.inDefinition()::equals).isPresent()
        || inside().stream().anyMatch(part -> part.holds(name));
  }

  /** Its name; empty for parts in order, which have none. */
  default Optional<StepName> nameIfAny() {
    return switch (this) {
      case StepShape step -> Optional.of(step.name());
      case InOrder block -> Optional.empty();
      case Parallel block -> Optional.of(block.name());
      case When block -> Optional.of(block.name());
      case ForEach block -> Optional.of(block.name());
      case Await block -> Optional.of(block.name());
      case Pause block -> Optional.of(block.name());
    };
  }
}
