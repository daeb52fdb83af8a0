package io.skald.orchestrator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.skald.machine.BlockState;
import io.skald.saga.Part;
import io.skald.saga.Standing;
import io.skald.saga.StepDefinition;
import io.skald.saga.message.StepName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One block of a saga: which way it took, what it waits for, how far its items are. */
@Schema(name = "Block", description = "One block of a saga.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record BlockView(
    @Schema(examples = "approval") String name,
    Kind kind,
    Standing standing,
    @Schema(description = "The signal that it waits for.", examples = "Approved v1")
        Optional<String> signal,
    @Schema(description = "The id of the signal that has come.") Optional<String> signalId,
    @Schema(description = "Until when it waits at most.") Optional<Instant> until,
    @Schema(description = "The way that was taken.", examples = "then") Optional<String> way,
    @Schema(description = "Its items, once they are taken.") Optional<List<ItemView>> items) {

  /** What kind of block it is. */
  @Schema(name = "BlockKind")
  enum Kind {
    PARALLEL,
    WHEN,
    FOR_EACH,
    AWAIT,
    PAUSE
  }

  /** One item of a {@code forEach}. */
  @Schema(name = "Item", description = "One item of a block that is run for each.")
  record ItemView(@Schema(examples = "P-17") String key, Standing standing) {}

  /** All blocks of a saga that have a name, in the order in which they are written. */
  static List<BlockView> of(Progress progress) {
    List<BlockView> views = new ArrayList<>();
    for (Map.Entry<StepName, Standing> each : progress.standings().entrySet()) {
      StepName name = each.getKey();
      Part<?> part = progress.definition().part(name).orElseThrow();
      if (!(part instanceof StepDefinition<?>)) {
        views.add(of(name, part, each.getValue(), progress.state().core().block(name), progress));
      }
    }
    return views;
  }

  private static BlockView of(
      StepName name,
      Part<?> part,
      Standing standing,
      Optional<BlockState> found,
      Progress progress) {
    return new BlockView(
        name.toString(),
        kind(part),
        standing,
        part instanceof Part.Await<?> await
            ? Optional.of(await.signalType().toString())
            : Optional.empty(),
        found.flatMap(BlockView::signalId),
        found.flatMap(state -> until(state, standing)),
        found.flatMap(BlockView::way),
        part instanceof Part.ForEach<?, ?> forEach
            ? found.flatMap(state -> items(forEach, state, progress))
            : Optional.empty());
  }

  private static Kind kind(Part<?> part) {
    return switch (part) {
      case Part.Parallel<?> block -> Kind.PARALLEL;
      case Part.When<?> block -> Kind.WHEN;
      case Part.ForEach<?, ?> block -> Kind.FOR_EACH;
      case Part.Await<?> block -> Kind.AWAIT;
      case Part.Pause<?> block -> Kind.PAUSE;
      case Part.InOrder<?> none -> throw new IllegalArgumentException("It has no name: " + none);
      case StepDefinition<?> none -> throw new IllegalArgumentException("No block: " + none);
    };
  }

  private static Optional<String> signalId(BlockState state) {
    return switch (state) {
      case BlockState.Kept kept -> Optional.of(kept.signal());
      case BlockState.Signalled signalled -> Optional.of(signalled.signal());
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> until(BlockState state, Standing standing) {
    return state instanceof BlockState.Waiting waiting && standing == Standing.UNDER_WAY
        ? Optional.of(waiting.until())
        : Optional.empty();
  }

  private static Optional<String> way(BlockState state) {
    return state instanceof BlockState.Chosen chosen
        ? Optional.of(chosen.otherwise() ? "otherwise" : "then")
        : Optional.empty();
  }

  private static Optional<List<ItemView>> items(
      Part.ForEach<?, ?> forEach, BlockState state, Progress progress) {
    return state instanceof BlockState.Items taken
        ? Optional.of(
            taken.items().stream()
                .map(item -> new ItemView(item.key(), progress.ofItem(forEach, item.key())))
                .toList())
        : Optional.empty();
  }
}
