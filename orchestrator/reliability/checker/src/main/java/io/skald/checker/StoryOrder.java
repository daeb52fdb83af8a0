package io.skald.checker;

import io.skald.saga.message.Phase;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the story of a definition says about the order of things, for a saga that has come so far:
 * one after the other within a sequence, in any order within branches and items, and the same in
 * reverse on the way back.
 */
final class StoryOrder {

  private final PartShape story;
  private final Course course;

  StoryOrder(DefinitionShape definition, Course course) {
    this.story = definition.story();
    this.course = course;
  }

  /** Whether all that the story holds is done. */
  boolean isDone() {
    return isDone(story, "");
  }

  private boolean isDone(PartShape part, String item) {
    return switch (part) {
      case StepShape step -> course.hasSucceeded(step.name().of(item));
      case PartShape.InOrder block -> areDone(block.parts(), item);
      case PartShape.Parallel block -> areDone(block.branches(), item);
      case PartShape.When block ->
          course
              .isOtherwise(block.name().of(item))
              .map(otherwise -> isDone(otherwise ? block.otherwise() : block.then(), item))
              .orElse(false);
      case PartShape.ForEach block ->
          course
              .items(block.name())
              .map(items -> items.stream().allMatch(key -> isDone(block.body(), key)))
              .orElse(false);
      case PartShape.Await block ->
          course.isSignalled(block.name().of(item))
              || (course.hasPassed(block.name().of(item))
                  && block.late().filter(late -> isDone(late, item)).isPresent());
      case PartShape.Pause block -> course.hasPassed(block.name().of(item));
    };
  }

  private boolean areDone(List<PartShape> parts, String item) {
    return parts.stream().allMatch(part -> isDone(part, item));
  }

  /** Whether nothing of it is left to undo. */
  private boolean isUndone(PartShape part, String item) {
    return switch (part) {
      case StepShape step -> !step.hasCompensation() || !course.mayStand(step.name().of(item));
      case PartShape.ForEach block ->
          course.items(block.name()).orElse(List.of()).stream()
              .allMatch(key -> isUndone(block.body(), key));
      case PartShape.InOrder block -> areUndone(block, item);
      case PartShape.Parallel block -> areUndone(block, item);
      case PartShape.When block -> areUndone(block, item);
      case PartShape.Await block -> areUndone(block, item);
      case PartShape.Pause block -> true;
    };
  }

  private boolean areUndone(PartShape block, String item) {
    return block.inside().stream().allMatch(part -> isUndone(part, item));
  }

  /** What keeps this step or block from its turn, for people; empty when nothing does. */
  Optional<String> tooEarly(StepName name) {
    return story.holds(name) ? before(story, "", name) : Optional.of("to be in its definition");
  }

  private Optional<String> before(PartShape part, String item, StepName name) {
    if (part.nameIfAny().filter(name.inDefinition()::equals).isPresent()) {
      return item.equals(name.item()) ? Optional.empty() : Optional.of("to be of no item");
    }
    return switch (part) {
      case StepShape step -> Optional.empty();
      case PartShape.Pause block -> Optional.empty();
      case PartShape.InOrder block -> beforeInOrder(block.parts(), item, name);
      case PartShape.Parallel block -> before(branchOf(block, name), item, name);
      case PartShape.When block -> {
        PartShape way = branchOf(block, name);
        Optional<Boolean> otherwise = course.isOtherwise(block.name().of(item));
        yield otherwise.isPresent() && way == (otherwise.get() ? block.otherwise() : block.then())
            ? before(way, item, name)
            : Optional.of("never to begin, for '" + block.name() + "' has not chosen its way");
      }
      case PartShape.ForEach block ->
          noItem(block, name)
              .or(() -> tooManyAtOnce(block, name))
              .or(() -> before(block.body(), name.item(), name));
      case PartShape.Await block -> {
        StepName await = block.name().of(item);
        yield course.hasPassed(await) && !course.isSignalled(await)
            ? before(branchOf(block, name), item, name)
            : Optional.of("to wait until it is too late for '" + await + "'");
      }
    };
  }

  private Optional<String> beforeInOrder(List<PartShape> parts, String item, StepName name) {
    for (PartShape part : parts) {
      if (part.holds(name)) {
        return before(part, item, name);
      }
      if (!isDone(part, item)) {
        return Optional.of("to wait until " + told(part, item) + " is done");
      }
    }
    return Optional.empty();
  }

  private Optional<String> noItem(PartShape.ForEach block, StepName name) {
    List<String> items = course.items(block.name()).orElse(List.of());
    return items.contains(name.item())
        ? Optional.empty()
        : Optional.of("to be of an item of '" + block.name() + "', which are " + items);
  }

  private Optional<String> tooManyAtOnce(PartShape.ForEach block, StepName name) {
    if (hasBegun(block.body(), name.item())) {
      return Optional.empty();
    }
    long underWay =
        course.items(block.name()).orElse(List.of()).stream()
            .filter(item -> hasBegun(block.body(), item) && !isDone(block.body(), item))
            .count();
    return tooMany(block, underWay);
  }

  private static Optional<String> tooMany(PartShape.ForEach block, long underWay) {
    return underWay < block.atOnce()
        ? Optional.empty()
        : Optional.of(
            "to wait, for "
                + underWay
                + " items of '"
                + block.name()
                + "' are under way, and at most "
                + block.atOnce()
                + " may be");
  }

  private boolean hasBegun(PartShape part, String item) {
    return part.nameIfAny().filter(name -> course.hasBegun(name.of(item))).isPresent()
        || part.inside().stream().anyMatch(inner -> hasBegun(inner, item));
  }

  /** What must be undone before this step is, for people; empty when nothing is in its way. */
  Optional<String> undoneTooEarly(StepName name) {
    return story.holds(name) ? after(story, "", name) : Optional.empty();
  }

  private Optional<String> after(PartShape part, String item, StepName name) {
    if (part instanceof StepShape || part instanceof PartShape.Pause) {
      return Optional.empty();
    }
    if (part instanceof PartShape.InOrder block) {
      return afterInOrder(block.parts().reversed(), item, name);
    }
    if (part instanceof PartShape.ForEach block) {
      return tooManyBackAtOnce(block, name).or(() -> after(block.body(), name.item(), name));
    }
    return after(branchOf(part, name), item, name);
  }

  private Optional<String> afterInOrder(List<PartShape> reversed, String item, StepName name) {
    for (PartShape part : reversed) {
      if (part.holds(name)) {
        return after(part, item, name);
      }
      if (!isUndone(part, item)) {
        return Optional.of("to wait until " + told(part, item) + " is undone");
      }
    }
    return Optional.empty();
  }

  private Optional<String> tooManyBackAtOnce(PartShape.ForEach block, StepName name) {
    if (isBeingUndone(block.body(), name.item())) {
      return Optional.empty();
    }
    long underWay =
        course.items(block.name()).orElse(List.of()).stream()
            .filter(item -> isBeingUndone(block.body(), item) && !isUndone(block.body(), item))
            .count();
    return tooMany(block, underWay);
  }

  private boolean isBeingUndone(PartShape part, String item) {
    return part instanceof StepShape step
        ? course.isIssued(step.name().of(item), Phase.COMPENSATION)
        : part.inside().stream().anyMatch(inner -> isBeingUndone(inner, item));
  }

  /** The steps on the ways that were taken, for each item that was. */
  List<StepName> stepsTaken() {
    List<StepName> taken = new ArrayList<>();
    collect(story, "", taken);
    return taken;
  }

  private void collect(PartShape part, String item, List<StepName> taken) {
    switch (part) {
      case StepShape step -> taken.add(step.name().of(item));
      case PartShape.InOrder block -> block.parts().forEach(inner -> collect(inner, item, taken));
      case PartShape.Parallel block ->
          block.branches().forEach(branch -> collect(branch, item, taken));
      case PartShape.When block ->
          course
              .isOtherwise(block.name().of(item))
              .map(otherwise -> otherwise ? block.otherwise() : block.then())
              .ifPresent(way -> collect(way, item, taken));
      case PartShape.ForEach block ->
          course
              .items(block.name())
              .orElse(List.of())
              .forEach(key -> collect(block.body(), key, taken));
      case PartShape.Await block -> {
        if (!course.isSignalled(block.name().of(item))) {
          block.late().ifPresent(late -> collect(late, item, taken));
        }
      }
      case PartShape.Pause block -> {}
    }
  }

  private static PartShape branchOf(PartShape block, StepName name) {
    return block.inside().stream().filter(part -> part.holds(name)).findFirst().orElseThrow();
  }

  private static String told(PartShape part, String item) {
    return part.nameIfAny()
        .map(name -> (part instanceof StepShape ? "step '" : "block '") + name.of(item) + "'")
        .orElse("what comes before it");
  }
}
