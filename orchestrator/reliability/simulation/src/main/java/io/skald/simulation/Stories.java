package io.skald.simulation;

import io.skald.orchestrator.lane.Definitions;
import io.skald.saga.Exclusive;
import io.skald.saga.Part;
import io.skald.saga.SagaDefinition;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.Topic;
import io.skald.simulation.Messages.Trip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The definitions of a run: which there are, which are deployed, and which are broken just now. */
final class Stories {

  static final String REQUESTS = "saga-requests";
  static final String EVENTS = "saga-events";

  /** A topic that nobody reads. */
  static final String NOWHERE = "nowhere";

  private final Chance chance;
  private final List<SagaDefinition<Trip>> first = new ArrayList<>();
  private final List<SagaDefinition<Trip>> second = new ArrayList<>();
  private final Children children;
  private final Set<String> defects = new HashSet<>();
  private boolean secondDeployed;

  /**
   * @param exclusiveChance says which definitions are exclusive; apart, so that all else of a run
   *     does not depend on it
   * @param childChance for the sagas that are steps of others: a third of all runs has some
   */
  Stories(Chance chance, Chance exclusiveChance, Chance childChance) {
    this.chance = chance;
    this.children = new Children(childChance);
    if (childChance.oneIn(3)) {
      RandomStory ofChildren = new RandomStory(childChance, defects::contains, children);
      children.add(ofChildren.drawUndoable("child-1"));
      children.add(ofChildren.drawUndoable("child-2"));
      children.add(ofChildren.draw("guest", 1, false, Optional.empty()));
    }
    RandomStory story = new RandomStory(chance, defects::contains, children);
    int count = chance.between(1, 2);
    for (int i = 1; i <= count; i++) {
      boolean byEvent = chance.oneIn(2);
      Optional<Exclusive> exclusive = exclusive(exclusiveChance);
      first.add(story.draw("trip-" + i, 1, byEvent, exclusive));
      second.add(story.draw("trip-" + i, 2, byEvent, exclusive));
    }
  }

  private static Optional<Exclusive> exclusive(Chance chance) {
    if (!chance.oneIn(5)) {
      return Optional.empty();
    }
    return Optional.of(chance.oneIn(3) ? Exclusive.REJECT : Exclusive.QUEUE);
  }

  /** The first version of each. */
  List<SagaDefinition<Trip>> all() {
    return first;
  }

  /** Every version that a saga may have started on, and the children of all. */
  List<SagaDefinition<Trip>> everyVersion() {
    List<SagaDefinition<Trip>> all = firstVersions();
    all.addAll(second);
    return all;
  }

  private List<SagaDefinition<Trip>> firstVersions() {
    List<SagaDefinition<Trip>> all = new ArrayList<>(first);
    all.addAll(children.all());
    return all;
  }

  /** What a process has that starts now. */
  Definitions deployed() {
    return new Definitions(secondDeployed ? everyVersion() : firstVersions());
  }

  /** What a process has from which an old version was taken out too early. */
  Definitions withoutOldOne() {
    secondDeployed = true;
    List<SagaDefinition<Trip>> some = everyVersion();
    some.remove(chance.pick(first));
    return new Definitions(some);
  }

  void deploySecondVersions() {
    secondDeployed = true;
  }

  /** From now on a function of some step throws. */
  void breakSomething() {
    SagaDefinition<Trip> definition = chance.pick(first);
    List<String> functions = new ArrayList<>();
    collect(definition.story(), functions);
    defects.add(chance.pick(functions));
  }

  private static void collect(Part<?> part, List<String> functions) {
    part.nameIfAny()
        .ifPresent(
            name -> {
              if (part instanceof StepDefinition) {
                List.of("do", "fold", "undo").forEach(kind -> functions.add(kind + name));
              } else if (!(part instanceof Part.Parallel || part instanceof Part.Pause)) {
                functions.add("ask" + name);
              }
            });
    part.inside().forEach(inner -> collect(inner, functions));
  }

  void mend() {
    defects.clear();
  }

  List<String> inputTopics(Definitions definitions) {
    Set<String> topics = new TreeSet<>();
    topics.add(REQUESTS);
    definitions.all().forEach(d -> d.inputTopics().stream().map(Topic::name).forEach(topics::add));
    return List.copyOf(topics);
  }
}
