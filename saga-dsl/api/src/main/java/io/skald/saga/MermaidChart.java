package io.skald.saga;

import java.util.ArrayList;
import java.util.List;

/**
 * A definition as a Mermaid flow chart: the way forward, and dashed the way back.
 *
 * <p>Nodes are not called by a bare name, for {@code end} is a keyword of Mermaid; nor with a '-',
 * for two of them are a link. No name has a '_', so nodes stay apart.
 */
final class MermaidChart {

  private final StringBuilder chart = new StringBuilder("flowchart TD\n");

  private MermaidChart() {}

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

  static String of(SagaDefinition<?> definition) {
    MermaidChart chart = new MermaidChart();
    chart.line("start([\"" + definition + "\"])");
    Ends ends = chart.draw(definition.story(), new Ends(List.of("start"), List.of()));
    ends.forward().forEach(last -> chart.line(last + " --> completed([\"completed\"])"));
    return chart.chart.toString();
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
    String label =
        "\"" + step.name() + "<br/>" + step.participant() + ": " + step.commandType().name() + "\"";
    return switch (step.kind()) {
      case COMPENSATABLE -> "[" + label + "]";
      case PIVOT -> "{{" + label + "}}";
      case RETRIABLE -> "([" + label + "])";
    };
  }
}
