package io.skald.saga;

import io.skald.saga.message.MessageType;
import io.skald.saga.message.Participant;
import io.skald.saga.message.StepName;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a definition that compiles: each fault with its saga, its step and a mend. */
final class DefinitionCheck {

  static final int MAX_STEPS = 200;
  static final int MAX_BLOCKS = 200;

  /** Blocks inside of each other. */
  static final int MAX_DEPTH = 16;

  /** Beyond ten years or so the arithmetic of instants has no meaning for a saga. */
  static final Duration MAX_WAIT = Duration.ofDays(3660);

  private final String saga;
  private final Optional<Duration> deadline;
  private final Set<String> names = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final Optional<DeadlineCheck> deadlineCheck;
  private int steps;
  private int blocks;
  private int depth;
  private int deepest;
  private boolean pastPivot;

  private DefinitionCheck(String saga, Optional<Duration> deadline) {
    this.saga = saga;
    this.deadline = deadline;
    this.deadlineCheck =
        deadline.filter(DefinitionCheck::isReal).map(d -> new DeadlineCheck(d, this::fault));
  }

  static <D> List<String> faults(
      String name,
      int version,
      Class<D> dataType,
      List<StartEvent<D, ?>> startEvents,
      Optional<Duration> deadline,
      List<PartDraft<D>> parts) {
    DefinitionCheck check = new DefinitionCheck(name, deadline);
    check.head(name, version, dataType);
    check.startEvents(startEvents);
    check.parts(parts, Place.OUTSIDE);
    check.deadlineCheck.ifPresent(deadlines -> deadlines.story(parts));
    check.size();
    return check.faults;
  }

  private void size() {
    if (steps == 0) {
      fault("has no steps; add at least one with step(...) or pivot(...)");
    }
    if (steps > MAX_STEPS) {
      fault("has " + steps + " steps, but at most " + MAX_STEPS + " are allowed; split it");
    }
    if (blocks > MAX_BLOCKS) {
      fault("has " + blocks + " blocks, but at most " + MAX_BLOCKS + " are allowed; split it");
    }
    if (deepest > MAX_DEPTH) {
      fault(
          "has "
              + deepest
              + " blocks inside of each other, but at most "
              + MAX_DEPTH
              + " are allowed; split it");
    }
  }

  /** Inside of a forEach or not. */
  private enum Place {
    OUTSIDE,
    IN_FOR_EACH
  }

  private void parts(List<? extends PartDraft<?>> parts, Place place) {
    for (PartDraft<?> part : parts) {
      switch (part) {
        case StepDraft<?> step -> step(step);
        case BlockDraft<?> block -> block(block, place);
      }
    }
  }

  private void block(BlockDraft<?> block, Place place) {
    blocks++;
    depth++;
    deepest = Math.max(deepest, depth);
    if (!(block instanceof BlockDraft.InOrder)) {
      name(block);
    }
    Place inside = place;
    switch (block) {
      case BlockDraft.InOrder<?> inOrder -> {}
      case BlockDraft.Parallel<?> parallel -> {
        if (parallel.branches().size() < 2) {
          fault(block, "has fewer than two branches; add another or take the block away");
        }
      }
      case BlockDraft.When<?> when -> {
        if (when.then().isEmpty() && when.otherwise().isEmpty()) {
          fault(block, "does nothing either way; add a step or take the block away");
        }
      }
      case BlockDraft.ForEach<?, ?> forEach -> {
        if (place == Place.IN_FOR_EACH) {
          fault(block, "is a forEach inside of another; make one collection of both");
        }
        if (forEach.atOnce() < 1) {
          fault(block, "has " + forEach.atOnce() + " items under way at once; make it 1 or more");
        }
        inside = Place.IN_FOR_EACH;
      }
      case BlockDraft.Await<?> await -> {
        if (!fitsWire(await.signal())) {
          fault(block, "awaits " + wireFault(await.signal()));
        }
        wait(block, "a limit", await.limit());
      }
      case BlockDraft.Pause<?> pause -> wait(block, "a time", pause.time());
    }
    for (List<? extends PartDraft<?>> parts : block.inside()) {
      if (parts.isEmpty() && !(block instanceof BlockDraft.When)) {
        fault(block, "has nothing in it; add a step or take the block away");
      }
      parts(parts, inside);
    }
    depth--;
  }

  private void wait(BlockDraft<?> block, String what, Duration wait) {
    if (!isReal(wait)) {
      fault(
          block,
          "has " + what + " of " + wait + "; make it longer than zero and at most 3660 days");
    }
    if (!pastPivot) {
      deadlineCheck.ifPresent(deadlines -> deadlines.wait(block, what, wait));
    }
  }

  private void head(String name, int version, Class<?> dataType) {
    if (!StepName.isValid(name)) {
      fault(
          "has a name that can't be used; use lower-case letters, digits and '-', starting with a"
              + " letter, at most 64 long");
    }
    if (version < 1) {
      fault("has version " + version + "; versions start at 1");
    }
    if (dataType.isPrimitive()
        || dataType.isArray()
        || Modifier.isAbstract(dataType.getModifiers())) {
      fault(
          "carries " + dataType.getSimpleName() + ", which can't be read from JSON; use a record");
    }
    if (deadline.isPresent() && !isReal(deadline.get())) {
      fault(
          "has a deadline of "
              + deadline.get()
              + "; make it longer than zero and at most 3660 days, or leave it out");
    }
  }

  private <D> void startEvents(List<StartEvent<D, ?>> startEvents) {
    Set<Object> seen = new HashSet<>();
    for (StartEvent<D, ?> start : startEvents) {
      if (!fitsWire(start.type())) {
        fault("is started by " + wireFault(start.type()));
      } else if (!seen.add(List.of(start.topic(), start.messageType()))) {
        fault(
            "is started twice by event "
                + start.messageType()
                + " on topic '"
                + start.topic()
                + "'; remove one startedBy(...)");
      }
    }
  }

  private void name(PartDraft<?> part) {
    if (!StepName.isValid(part.name())) {
      fault(
          part,
          "has a name that can't be used; use lower-case letters, digits and '-', starting with a"
              + " letter, at most 64 long");
    }
    if (!names.add(part.name())) {
      fault(
          part,
          "has the name of an earlier step or block; they are addressed by name, so rename one");
    }
  }

  private void step(StepDraft<?> step) {
    steps++;
    pastPivot |= step.kind == StepKind.PIVOT;
    name(step);
    if (step.owesCompensation) {
      fault(
          step,
          "does not say how it is undone; add compensate(...), or nothingToCompensate() when it"
              + " leaves no effect");
    }
    step.child.ifPresentOrElse(child -> child(step, child), () -> wireTypes(step));
    if (!isReal(step.timeout)) {
      fault(
          step,
          "has a timeout of " + step.timeout + "; make it longer than zero and at most 3660 days");
    }
    if (step.kind != StepKind.RETRIABLE) {
      deadlineCheck.ifPresent(deadlines -> deadlines.step(step));
    }
  }

  private void child(StepDraft<?> step, SagaDefinition<?> child) {
    if (!fitsWire(child.dataType())) {
      fault(step, "is answered by " + wireFault(child.dataType()));
    }
    if (child.exclusive().isPresent()) {
      fault(
          step,
          "runs "
              + child
              + ", which is exclusive, but the child of a step has a key of its own; take exclusive"
              + " from the child, or start it by an event");
    }
    Optional<? extends StepDefinition<?>> noWayBack =
        child.steps().stream().filter(s -> s.kind() != StepKind.COMPENSATABLE).findFirst();
    if (step.kind == StepKind.COMPENSATABLE && noWayBack.isPresent()) {
      fault(
          step,
          "runs "
              + child
              + " before the point of no return, but that saga can't be undone once it has come to"
              + " its step '"
              + noWayBack.get().name()
              + "'; make that a step that can be undone, or run the saga after the pivot");
    }
  }

  private void wireTypes(StepDraft<?> step) {
    if (step.participant.equals(Participant.SAGAS)) {
      fault(
          step,
          "is done by participant 'sagas', which is the orchestrator itself; give the participant"
              + " another name, or say subSaga(...)");
    }
    if (!fitsWire(step.commandClass)) {
      fault(step, "sends " + wireFault(step.commandClass));
    }
    if (step.replyClass().isEmpty()) {
      fault(
          step,
          "sends "
              + step.commandClass.getSimpleName()
              + ", which does not name its reply's class; let it implement Command<Reply> itself,"
              + " with a class in place of Reply");
    }
    step.replyClass()
        .filter(reply -> !fitsWire(reply))
        .ifPresent(reply -> fault(step, "is answered by " + wireFault(reply)));
    step.undo
        .map(undo -> new LinkedHashSet<>(List.of(undo.type(), undo.unknownType())))
        .ifPresent(
            types ->
                types.stream()
                    .filter(type -> !fitsWire(type))
                    .forEach(type -> fault(step, "is undone by " + wireFault(type))));
  }

  private void fault(String what) {
    faults.add("Saga '" + saga + "' " + what);
  }

  private void fault(PartDraft<?> part, String what) {
    String kind = part instanceof StepDraft ? "step" : "block";
    faults.add("Saga '" + saga + "': " + kind + " '" + part.name() + "' " + what);
  }

  private static boolean isReal(Duration duration) {
    return !duration.isNegative() && !duration.isZero() && duration.compareTo(MAX_WAIT) <= 0;
  }

  private static boolean fitsWire(Class<?> type) {
    try {
      MessageType.of(type);
      return true;
    } catch (IllegalArgumentException noMessageType) {
      return false;
    }
  }

  private static String wireFault(Class<?> type) {
    return type.getSimpleName()
        + ", which has no name or version for the wire; give it @Message with a name of letters,"
        + " digits, '.', '_' and '-', and a version of 1 or above";
  }
}
