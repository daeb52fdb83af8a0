package io.skald.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.skald.machine.BlockState;
import io.skald.machine.JournalEntry;
import io.skald.machine.JournalEntry.SagaStarted;
import io.skald.machine.JournalEntry.SignalTaken;
import io.skald.machine.JournalEntry.StepSucceeded;
import io.skald.machine.SagaData;
import io.skald.saga.Each;
import io.skald.saga.Part;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Whether what runs side by side may be answered in any order: for each two folds of which neither
 * comes before the other, the data is the same whichever came first. The data, replies and signals
 * are those of a run without faults.
 */
final class SideBySide<D> {

  private final SagaRun<D> saga;
  private final StoryOrder story;
  private final Set<String> anyOrder;
  private final List<Fold> folds = new ArrayList<>();

  /**
   * One fold as it happened.
   *
   * @param before the data that it was given, as JSON
   * @param fold from data to data, as JSON
   */
  private record Fold(StepName name, String before, UnaryOperator<String> fold) {}

  /**
   * @param happy a run without faults that has ended
   * @param anyOrder members of the data that may depend on the order
   */
  SideBySide(SagaRun<D> happy, StoryOrder story, Set<String> anyOrder) {
    this.saga = happy;
    this.story = story;
    this.anyOrder = anyOrder;
    collect();
  }

  void check() {
    for (int i = 0; i < folds.size(); i++) {
      for (int j = i + 1; j < folds.size(); j++) {
        Fold one = folds.get(i);
        Fold other = folds.get(j);
        Optional<Part<?>> block = story.sideBySide(one.name(), other.name());
        if (block.isPresent()) {
          compare(block.get(), one, other, folds.subList(i + 1, j));
        }
      }
    }
  }

  /** What the other needs from between the two is folded first; the one may not have come yet. */
  private void compare(Part<?> block, Fold one, Fold other, List<Fold> between) {
    String data = one.before();
    try {
      for (Fold fold : between) {
        if (story.comesBefore(fold.name(), other.name())) {
          data = fold.fold().apply(data);
        }
      }
      Map<String, JsonNode> first = members(other.fold().apply(one.fold().apply(data)));
      Map<String, JsonNode> last = members(one.fold().apply(other.fold().apply(data)));
      Set<String> differing = new TreeSet<>(first.keySet());
      differing.addAll(last.keySet());
      differing.removeIf(m -> anyOrder.contains(m) || Objects.equals(first.get(m), last.get(m)));
      Broken.unless(
          differing.isEmpty(),
          Law.FOLDS_COLLIDE,
          "'%s' and '%s' are side by side in '%s' and both fold into %s: if '%s' is answered last it is %s, if '%s' is, %s"
              .formatted(
                  one.name(),
                  other.name(),
                  block.nameIfAny().orElseThrow(),
                  String.join(", ", differing),
                  other.name(),
                  only(first, differing),
                  one.name(),
                  only(last, differing)));
    } catch (Broken broken) {
      throw broken;
    } catch (RuntimeException thrown) {
      throw new Broken(
          Law.FUNCTION_THREW,
          "Expected '"
              + other.name()
              + "' to be answered before '"
              + one.name()
              + "', which is beside it, but a fold threw: "
              + thrown);
    }
  }

  private static List<JsonNode> only(Map<String, JsonNode> members, Set<String> names) {
    return names.stream().map(name -> members.getOrDefault(name, NullNode.getInstance())).toList();
  }

  private Map<String, JsonNode> members(String json) {
    Map<String, JsonNode> members = new TreeMap<>();
    Json.read(json).properties().forEach(m -> members.put(m.getKey(), m.getValue()));
    return members;
  }

  private void collect() {
    String data = "";
    for (JournalEntry entry : saga.entries(JournalEntry.class)) {
      if (entry instanceof SagaStarted started) {
        data = started.data();
      } else if (entry instanceof StepSucceeded settled) {
        add(settled, data);
        data = settled.data().orElse(data);
      } else if (entry instanceof SignalTaken taken) {
        Part.Await<?> await = (Part.Await<?>) saga.definition().part(taken.block()).orElseThrow();
        add(taken.block(), data, await.onSignal(), signalOf(taken, await));
        data = taken.data().orElse(data);
      }
    }
  }

  private void add(StepSucceeded settled, String before) {
    StepDefinition<D> step = saga.definitionOf(settled.step());
    if (step.onReply().isPresent()) {
      Object reply = saga.codec().decode(settled.reply(), step.replyType());
      add(settled.step(), before, step.onReply().get(), reply);
    }
  }

  private Object signalOf(SignalTaken taken, Part.Await<?> await) {
    String payload =
        saga.entries(JournalEntry.SignalKept.class).stream()
            .filter(kept -> kept.signal().equals(taken.signal()))
            .findFirst()
            .orElseThrow()
            .payload();
    return saga.codec().decode(payload, await.signalClass());
  }

  /** The builder has tied the function to what its place in the definition sees. */
  @SuppressWarnings("unchecked")
  private void add(StepName name, String before, BiFunction<?, Object, ?> function, Object told) {
    BiFunction<Object, Object, Object> fold = (BiFunction<Object, Object, Object>) function;
    folds.add(
        new Fold(
            name,
            before,
            json -> {
              D data = SagaData.decode(saga.codec(), json, saga.definition().dataType());
              Object folded = fold.apply(view(name, data), told);
              Object after =
                  !name.item().isEmpty() && folded instanceof Each<?, ?> each
                      ? each.data()
                      : folded;
              return SagaData.encode(saga.codec(), after);
            }));
  }

  private Object view(StepName name, D data) {
    if (name.item().isEmpty()) {
      return data;
    }
    Part.ForEach<?, ?> around = saga.definition().forEachAround(name).orElseThrow();
    BlockState.Items taken =
        (BlockState.Items) saga.state().core().block(around.name()).orElseThrow();
    String item =
        taken.items().stream()
            .filter(i -> i.key().equals(name.item()))
            .findFirst()
            .orElseThrow()
            .json();
    return new Each<>(data, saga.codec().decode(item, around.itemType()));
  }
}
