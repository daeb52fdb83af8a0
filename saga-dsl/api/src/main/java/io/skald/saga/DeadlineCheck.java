package io.skald.saga;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Whether what stands before the point of no return fits into the saga's deadline. Replies and
 * signals may come at once, so only pauses and limits take time for certain.
 */
final class DeadlineCheck {

  /** Waits of a growing policy that are added up one by one; the others are as long as the last. */
  private static final int GROWING = 64;

  private final Duration deadline;
  private final BiConsumer<PartDraft<?>, String> fault;

  DeadlineCheck(Duration deadline, BiConsumer<PartDraft<?>, String> fault) {
    this.deadline = deadline;
    this.fault = fault;
  }

  void step(StepDraft<?> step) {
    boolean mayOutlast = step.child.isPresent() && !step.timeoutWasSaid;
    if (step.timeout.compareTo(deadline) > 0 && !mayOutlast) {
      fault.accept(
          step,
          "has a timeout of "
              + step.timeout
              + ", longer than the saga's deadline of "
              + deadline
              + "; shorten the timeout or move the deadline");
    }
    if (step.kind == StepKind.PIVOT) {
      return; // its policy is often that of the steps after it, which no deadline ends
    }
    step.retry
        .maxDuration()
        .filter(budget -> budget.compareTo(deadline) > 0)
        .ifPresent(
            budget ->
                fault.accept(
                    step,
                    "is retried for "
                        + budget
                        + ", longer than the saga's deadline of "
                        + deadline
                        + "; shorten the retries or move the deadline"));
    step.retry.maxAttempts().ifPresent(attempts -> attempts(step, attempts));
  }

  /**
   * Attempts may fail at once, so only the waits between them take time for certain. That all of
   * them time out one after the other is what a deadline is for.
   */
  private void attempts(StepDraft<?> step, int attempts) {
    Duration waits = waits(step.retry, attempts - 1);
    if (step.retry.maxDuration().isEmpty() && waits.compareTo(deadline) > 0) {
      fault.accept(
          step,
          "waits for "
              + waits
              + " between its "
              + attempts
              + " attempts, longer than the saga's deadline of "
              + deadline
              + "; allow fewer attempts, shorten the waits or move the deadline");
    }
  }

  /** The shortest there are, whatever the jitter. */
  private static Duration waits(Retry retry, int number) {
    Duration waits = Duration.ZERO;
    int growing = Math.min(number, GROWING);
    for (int i = 1; i <= growing; i++) {
      waits = waits.plus(retry.delay(i, 0));
    }
    return number > growing
        ? waits.plus(retry.delay(growing, 0).multipliedBy(number - growing))
        : waits;
  }

  void wait(BlockDraft<?> block, String what, Duration wait) {
    if (wait.compareTo(deadline) > 0) {
      fault.accept(
          block,
          "has "
              + what
              + " of "
              + wait
              + ", longer than the saga's deadline of "
              + deadline
              + "; shorten it or move the deadline");
    }
  }

  /** What can never be reached, because the deadline has passed before it could begin. */
  void story(List<? extends PartDraft<?>> parts) {
    end(parts, Duration.ZERO);
  }

  /**
   * How long after the saga's start these parts are done, at the earliest.
   *
   * @param begin how long after its start they begin, at the earliest
   */
  private Duration end(List<? extends PartDraft<?>> parts, Duration begin) {
    Duration end = begin;
    for (PartDraft<?> part : parts) {
      if (part instanceof StepDraft<?> step && step.kind != StepKind.COMPENSATABLE) {
        return end; // from here on no deadline holds
      }
      if (part instanceof BlockDraft<?> block) {
        end = end(block, end);
      }
    }
    return end;
  }

  private Duration end(BlockDraft<?> block, Duration begin) {
    return switch (block) {
      case BlockDraft.InOrder<?> inOrder -> end(inOrder.parts(), begin);
      case BlockDraft.Parallel<?> parallel ->
          parallel.branches().stream()
              .map(branch -> end(List.of(branch), begin))
              .reduce(begin, (one, other) -> one.compareTo(other) > 0 ? one : other);
      case BlockDraft.When<?> when -> {
        Duration then = end(when.then(), begin);
        Duration otherwise = end(when.otherwise(), begin);
        yield then.compareTo(otherwise) < 0 ? then : otherwise;
      }
      case BlockDraft.ForEach<?, ?> forEach -> {
        end(forEach.body(), begin);
        yield begin; // there may be no items
      }
      case BlockDraft.Await<?> await -> {
        await.late().ifPresent(late -> late(await, late, begin));
        yield begin; // the signal may have come before
      }
      case BlockDraft.Pause<?> pause -> paused(pause, begin);
    };
  }

  private void late(BlockDraft.Await<?> await, List<? extends PartDraft<?>> late, Duration begin) {
    if (!fits(await.limit()) || !fits(begin)) {
      return;
    }
    Duration passed = begin.plus(await.limit());
    if (passed.compareTo(deadline) >= 0) {
      fault.accept(
          await,
          "has a way for when its limit of "
              + await.limit()
              + " has passed, but the saga's deadline of "
              + deadline
              + " passes first; shorten the limit, move the deadline or take that way away");
    }
    end(late, passed);
  }

  private Duration paused(BlockDraft.Pause<?> pause, Duration begin) {
    if (!fits(pause.time()) || !fits(begin)) {
      return deadline.plusNanos(1); // it, or a part before it, has a fault already
    }
    Duration end = begin.plus(pause.time());
    if (end.compareTo(deadline) >= 0) {
      fault.accept(
          pause,
          "is over "
              + end
              + " after the start at the earliest, when the saga's deadline of "
              + deadline
              + " has passed; shorten the pauses or move the deadline");
      return deadline.plusNanos(1);
    }
    return end;
  }

  private boolean fits(Duration duration) {
    return !duration.isNegative() && duration.compareTo(deadline) <= 0;
  }
}
