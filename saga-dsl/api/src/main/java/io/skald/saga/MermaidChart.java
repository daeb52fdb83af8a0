package io.skald.saga;

import io.skald.saga.message.StepName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A definition as a Mermaid flow chart: the way forward, and dashed the way back; or a saga on it,
 * with a class for each standing whose colours can be read on light and on dark pages.
 *
 * <p>Nodes are not called by a bare name, for {@code end} is a keyword of Mermaid; nor with a '-',
 * for two of them are a link. No name has a '_', so nodes stay apart.
 */
final class MermaidChart {

  private final StringBuilder chart = new StringBuilder("flowchart TD\n");

  private final Function<? super StepName, Optional<Standing>> standings;

  private MermaidChart(Function<? super StepName, Optional<Standing>> standings) {
    this.standings = standings;
  }

  /**
   * Where the story stands: what leads on from here, and the undoing that comes next on the way
   * back.
   */
  private record Ends(List<String> forward, List<String> back) {

    Ends and(Ends other) {
      return new Ends(joined(forward, other.forward), joined(back, other.back));
    }

    private static List<String> joined(List<String> one, List<String> other) {
      List<String> both = new ArrayList<>(one);
      other.stream().filter(node -> !one.contains(node)).forEach(both::add);
      return both;
    }
  }

  static String of(
      SagaDefinition<?> definition, Function<? super StepName, Optional<Standing>> standings) {
    MermaidChart chart = new MermaidChart(standings);
    chart.line("start([\"" + definition + "\"])");
    Ends ends = chart.draw(definition.story(), new Ends(List.of("start"), List.of()));
    ends.forward().forEach(last -> chart.line(last + " --> completed([\"completed\"])"));
    chart.classes(definition.story());
    return chart.chart.toString();
  }

  private void classes(Part<?> story) {
    Set<Standing> found = EnumSet.noneOf(Standing.class);
    classes(story, found);
    found.forEach(standing -> line("classDef " + className(standing) + " " + style(standing)));
  }

  private void classes(Part<?> part, Set<Standing> found) {
    part.nameIfAny()
        .flatMap(standings)
        .ifPresent(
            standing -> {
              boolean isStep = part instanceof StepDefinition<?>;
              String node = (isStep ? "step_" : "block_") + suffix(part);
              boolean undoes = part instanceof StepDefinition<?> s && s.compensation().isPresent();
              boolean back = standing == Standing.COMPENSATING || standing == Standing.COMPENSATED;
              line(
                  "class "
                      + node
                      + (undoes && back ? ",undo_" + suffix(part) : "")
                      + " "
                      + className(standing));
              found.add(standing);
            });
    part.inside().forEach(inner -> classes(inner, found));
  }

  /** Not the bare name: a class must not be called like a keyword. */
  private static String className(Standing standing) {
    return "is_" + standing.name().toLowerCase(Locale.ROOT);
  }

  private static String style(Standing standing) {
    return switch (standing) {
      case TO_COME -> "fill:#eaeef2,stroke:#57606a,color:#24292f,stroke-dasharray:4 3";
      case UNDER_WAY -> "fill:#0550ae,stroke:#54aeff,color:#ffffff,stroke-width:3px";
      case DONE -> "fill:#116329,stroke:#4ac26b,color:#ffffff";
      case FAILED -> "fill:#82071e,stroke:#ff8182,color:#ffffff";
      case PARKED -> "fill:#ffd33d,stroke:#9a6700,color:#24292f,stroke-width:4px";
      case COMPENSATING -> "fill:#953800,stroke:#fb8f44,color:#ffffff,stroke-width:3px";
      case COMPENSATED -> "fill:#6639ba,stroke:#c297ff,color:#ffffff";
      case LEFT_OUT -> "fill:#ffffff,stroke:#8c959f,color:#57606a,stroke-dasharray:2 4";
    };
  }

  private Ends draw(Part<?> part, Ends from) {
    return switch (part) {
      case StepDefinition<?> step -> step(step, from);
      case Part.InOrder<?> inOrder -> {
        Ends ends = from;
        for (Part<?> inner : inOrder.parts()) {
          ends = draw(inner, ends);
        }
        yield ends;
      }
      case Part.Parallel<?> parallel -> {
        Ends fork = block(parallel, "[[\"" + parallel.name() + "<br/>side by side\"]]", from);
        Ends join = draw(parallel.branches().getFirst(), fork);
        for (Part<?> branch : parallel.branches().subList(1, parallel.branches().size())) {
          join = join.and(draw(branch, fork));
        }
        yield join;
      }
      case Part.When<?> when -> {
        Ends fork = block(when, "{\"" + when.name() + "?\"}", from);
        yield draw(when.then(), fork).and(draw(when.otherwise(), fork));
      }
      case Part.ForEach<?, ?> forEach ->
          draw(
              forEach.body(),
              block(
                  forEach,
                  "[[\""
                      + forEach.name()
                      + "<br/>for each "
                      + forEach.itemType().getSimpleName()
                      + "\"]]",
                  from));
      case Part.Await<?> await -> {
        Ends signalled =
            block(
                await,
                "[\\\"" + await.name() + "<br/>waits for " + await.signalType().name() + "\"/]",
                from);
        yield await.late().map(late -> signalled.and(draw(late, signalled))).orElse(signalled);
      }
      case Part.Pause<?> pause ->
          block(pause, "[\\\"" + pause.name() + "<br/>waits " + pause.time() + "\"/]", from);
    };
  }

  private Ends block(Part<?> block, String shape, Ends from) {
    String node = "block_" + suffix(block);
    node(node, shape, from);
    return new Ends(List.of(node), from.back());
  }

  private Ends step(StepDefinition<?> step, Ends from) {
    String node = "step_" + suffix(step);
    node(node, shape(step), from);
    if (step.compensation().isEmpty()) {
      return new Ends(List.of(node), from.back());
    }
    String back = "undo_" + suffix(step);
    line(back + "[/\"" + step.compensation().get().type().name() + "\"/]");
    line(node + " -.- " + back);
    from.back().forEach(undo -> line(back + " -.-> " + undo));
    return new Ends(List.of(node), List.of(back));
  }

  private void node(String node, String shape, Ends from) {
    line(node + shape);
    from.forward().forEach(before -> line(before + " --> " + node));
  }

  private void line(String text) {
    chart.append("  ").append(text).append('\n');
  }

  private static String suffix(Part<?> part) {
    return part.nameIfAny().orElseThrow().value().replace('-', '_');
  }

  private static String shape(StepDefinition<?> step) {
    if (step.child().isPresent()) {
      return "[[\"" + step.name() + "<br/>saga " + step.child().get() + "\"]]";
    }
    String label =
        "\"" + step.name() + "<br/>" + step.participant() + ": " + step.commandType().name() + "\"";
    return switch (step.kind()) {
      case COMPENSATABLE -> "[" + label + "]";
      case PIVOT -> "{{" + label + "}}";
      case RETRIABLE -> "([" + label + "])";
    };
  }
}
