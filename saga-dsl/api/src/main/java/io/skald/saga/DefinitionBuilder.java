package io.skald.saga;

import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a definition is made of while it is being written: its head, and the story below it. */
final class DefinitionBuilder<D> {

  private final String name;
  private final int version;
  private final Class<D> dataType;
  private final List<StartEvent<D, ?>> startEvents = new ArrayList<>();
  private final StoryBuilder<D> story;
  private Optional<Duration> deadline = Optional.empty();
  private Optional<Exclusive> exclusive = Optional.empty();

  DefinitionBuilder(String name, int version, Class<D> dataType) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = version;
    this.dataType = Objects.requireNonNull(dataType, "dataType");
    this.story = new StoryBuilder<>(name, this::build);
  }

  Saga.Head<D> head() {
    return story.goOnTo(new HeadStage());
  }

  private SagaDefinition<D> build() {
    List<String> faults =
        DefinitionCheck.faults(name, version, dataType, startEvents, deadline, story.parts());
    faults.addAll(story.detours());
    if (!faults.isEmpty()) {
      throw new InvalidDefinitionException(faults);
    }
    List<Part<D>> parts = story.parts().stream().map(PartDraft::finished).toList();
    return new SagaDefinition<>(
        name, version, dataType, startEvents, deadline, exclusive, new Part.InOrder<>(parts));
  }

  private final class HeadStage extends BeforePivotStage<D> implements Saga.Started<D> {

    HeadStage() {
      super(DefinitionBuilder.this.story);
    }

    @Override
    public <E> Saga.Started<D> startedBy(
        Topic topic,
        Class<E> event,
        Function<? super E, String> key,
        Function<? super E, ? extends D> data) {
      story.mustBeLatest(this, "", "is told how it starts after its first step; say so before it");
      Objects.requireNonNull(data, "data");
      startEvents.add(new StartEvent<>(topic, event, key, data::apply));
      return this;
    }

    @Override
    public Saga.Started<D> startedByApi() {
      return this;
    }

    @Override
    public Saga.Started<D> deadline(Duration deadline) {
      story.mustBeLatest(
          this, "", "is given its deadline after its first step; say it before that");
      DefinitionBuilder.this.deadline = Optional.of(Objects.requireNonNull(deadline, "deadline"));
      return this;
    }

    @Override
    public Saga.Started<D> exclusive(Exclusive second) {
      story.mustBeLatest(this, "", "is made exclusive after its first step; say so before it");
      DefinitionBuilder.this.exclusive = Optional.of(Objects.requireNonNull(second, "second"));
      return this;
    }
  }
}
