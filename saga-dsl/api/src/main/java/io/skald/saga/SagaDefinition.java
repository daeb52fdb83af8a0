package io.skald.saga;

import io.skald.saga.message.StepName;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The recipe of a saga: its name, its version, its steps and their policies. Immutable; made by the
 * builder that {@link Saga#define} begins, which has checked it. Safe to use from any thread.
 *
 * @param <D> the saga's data: an immutable type that can be written as JSON, best a record
 */
public final class SagaDefinition<D> {

  private final String name;
  private final int version;
  private final Class<D> dataType;
  private final List<StartEvent<D, ?>> startEvents;
  private final Optional<Duration> deadline;
  private final Optional<Exclusive> exclusive;
  private final Part.InOrder<D> story;
  private final List<StepDefinition<D>> steps;
  private final Map<StepName, Part<?>> parts = new HashMap<>();
  private final Map<StepName, Part.ForEach<?, ?>> forEachAround = new HashMap<>();
  private final String fingerprint;

  SagaDefinition(
      String name,
      int version,
      Class<D> dataType,
      List<StartEvent<D, ?>> startEvents,
      Optional<Duration> deadline,
      Optional<Exclusive> exclusive,
      Part.InOrder<D> story) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = version;
    this.dataType = Objects.requireNonNull(dataType, "dataType");
    this.startEvents = List.copyOf(startEvents);
    this.deadline = Objects.requireNonNull(deadline, "deadline");
    this.exclusive = Objects.requireNonNull(exclusive, "exclusive");
    this.story = Objects.requireNonNull(story, "story");
    List<StepDefinition<D>> steps = new ArrayList<>();
    collect(story, Optional.empty(), steps);
    this.steps = List.copyOf(steps);
    this.fingerprint = DefinitionPrinter.fingerprint(this);
  }

  public String name() {
    return name;
  }

  public int version() {
    return version;
  }

  public Class<D> dataType() {
    return dataType;
  }

  /** The events that start it; empty when only the API does. */
  public List<StartEvent<D, ?>> startEvents() {
    return startEvents;
  }

  /** How long a saga may take to its point of no return, from its start. */
  public Optional<Duration> deadline() {
    return deadline;
  }

  /**
   * What becomes of a start while another saga of its key has not ended; empty when a key is one
   * saga.
   */
  public Optional<Exclusive> exclusive() {
    return exclusive;
  }

  /** All parts, from the first to the last. */
  public Part.InOrder<D> story() {
    return story;
  }

  /**
   * All steps, those inside of blocks too, in the order in which they are written. The functions of
   * a step inside of a {@code forEach} take an {@link Each} of the data, not the data alone.
   */
  public List<StepDefinition<D>> steps() {
    return steps;
  }

  /** The step of this name, for whichever item; empty when there is none. See {@link #steps}. */
  @SuppressWarnings("unchecked") // as #steps says
  public Optional<StepDefinition<D>> step(StepName name) {
    return parts.get(name.inDefinition()) instanceof StepDefinition<?> step
        ? Optional.of((StepDefinition<D>) step)
        : Optional.empty();
  }

  /** The step or block of this name, for whichever item; empty when there is none. */
  public Optional<Part<?>> part(StepName name) {
    return Optional.ofNullable(parts.get(name.inDefinition()));
  }

  /** The {@code forEach} that the step or block of this name is in; empty when it is in none. */
  public Optional<Part.ForEach<?, ?>> forEachAround(StepName name) {
    return Optional.ofNullable(forEachAround.get(name.inDefinition()));
  }

  @SuppressWarnings("unchecked") // as #steps says
  private void collect(
      Part<?> part, Optional<Part.ForEach<?, ?>> around, List<StepDefinition<D>> steps) {
    part.nameIfAny()
        .ifPresent(
            name -> {
              parts.put(name, part);
              around.ifPresent(forEach -> forEachAround.put(name, forEach));
            });
    if (part instanceof StepDefinition<?> step) {
      steps.add((StepDefinition<D>) step);
    }
    Optional<Part.ForEach<?, ?>> inside =
        part instanceof Part.ForEach<?, ?> forEach ? Optional.of(forEach) : around;
    part.inside().forEach(inner -> collect(inner, inside, steps));
  }

  /** The topics that its sagas are started or answered from. */
  public Set<Topic> inputTopics() {
    Set<Topic> topics = new TreeSet<>((a, b) -> a.name().compareTo(b.name()));
    startEvents.forEach(start -> topics.add(start.topic()));
    steps.stream()
        .filter(step -> step.child().isEmpty())
        .forEach(step -> topics.add(step.participant().events()));
    return topics;
  }

  /**
   * Tells structures apart: a digest of what a running saga depends on, which is its data type, and
   * each part's name and kind and what is inside of it, each step's participant, message types,
   * child and compensation, in order, and how the sagas of a key exclude each other. Timeouts,
   * retries and the deadline are not part of it; they may be tuned without a new version.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The definition as a JSON object. */
  public String toJson() {
    return DefinitionPrinter.json(this);
  }

  /** The definition as a Mermaid flow chart: the way forward, and dashed the way back. */
  public String toMermaid() {
    return MermaidChart.of(this, name -> Optional.empty());
  }

  /**
   * The same chart with how far one saga has come on it, as colours.
   *
   * @param standings of each step and block, by its name without an item; empty where nothing is to
   *     be shown
   */
  public String toMermaid(Function<? super StepName, Optional<Standing>> standings) {
    return MermaidChart.of(this, standings);
  }

  @Override
  public String toString() {
    return name + " v" + version;
  }
}
