package io.skald.participant;

import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.crash.CrashPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of a poll in as few transactions as may be, in their order.
 *
 * <p>First all in one. When command {@code k} is refused, that transaction is rolled back, the
 * commands before it run again and commit together with the record of the refusal, and the rest
 * goes on behind it. When {@code k} fails, the commands before it run again and commit, {@code k}
 * runs alone, and the rest goes on behind it. When it is not known which one it was (the commit
 * failed), each runs alone. So nobody pays for another's failure but by running twice, a refused
 * effect is always rolled back as a whole (also out of Hibernate's session, which a savepoint would
 * not do), and a batch without trouble costs one commit.
 *
 * <p>Nothing holds the fence row between the roll back and the record of a refusal; that is why the
 * recording transaction asks the fence again. A crash in between runs the command again, which is
 * right, for nothing was recorded or answered yet.
 */
final class BatchRunner {

  private final FenceStore store;
  private final Transactions transactions;
  private final Answers answers;
  private final PayloadCodec codec;

  BatchRunner(FenceStore store, Transactions transactions, Answers answers, PayloadCodec codec) {
    this.store = store;
    this.transactions = transactions;
    this.answers = answers;
    this.codec = codec;
  }

  /**
   * The answers to {@code batch}, all of them durable where they say so.
   *
   * @throws RetryBatchException when the database is in trouble; what was committed until then is
   *     answered from the fence when the batch is run again
   */
  List<Answer> run(String schema, List<Delivery<?, ?>> batch) {
    Run run = new Run(schema, batch);
    run.settle(0, batch.size());
    return run.answers();
  }

  private final class Run {

    private final String schema;
    private final List<Delivery<?, ?>> batch;
    private final @Nullable Answer[] settled;

    Run(String schema, List<Delivery<?, ?>> batch) {
      this.schema = schema;
      this.batch = batch;
      this.settled = new @Nullable Answer[batch.size()];
    }

    List<Answer> answers() {
      List<Answer> all = new ArrayList<>(settled.length);
      for (Answer answer : settled) {
        if (answer == null) {
          throw new IllegalStateException("A command of the batch was left without an answer");
        }
        all.add(answer);
      }
      return all;
    }

    void settle(int from, int to) {
      int next = from;
      while (next < to) {
        next = settleSome(next, to);
      }
    }

    /** Settles at least the first of a range, and says how far it came. */
    private int settleSome(int from, int to) {
      Optional<Trouble> found = attempt(from, to, null);
      if (found.isEmpty()) {
        return to;
      }
      Trouble trouble = found.get();
      if (trouble.at().isEmpty()) {
        return settleEach(from, to, trouble.cause());
      }
      int at = trouble.at().getAsInt();
      if (trouble.cause() instanceof BusinessRefusal refusal) {
        return settleUpToRefusal(from, new Preset(at, refusal), to);
      }
      if (at == from && to - from == 1) {
        settled[at] = answers.failed(batch.get(at), trouble.cause());
        return to;
      }
      if (at > from) {
        settle(from, at);
      }
      settle(at, at + 1);
      return at + 1;
    }

    private int settleEach(int from, int to, Throwable cause) {
      if (to - from == 1) {
        settled[from] = answers.failed(batch.get(from), cause);
      } else {
        for (int i = from; i < to; i++) {
          settle(i, i + 1);
        }
      }
      return to;
    }

    private int settleUpToRefusal(int from, Preset refused, int to) {
      int at = refused.at();
      Optional<Trouble> again = attempt(from, at + 1, refused);
      if (again.isEmpty()) {
        return at + 1;
      }
      if (at == from) {
        settled[at] = answers.failed(batch.get(at), again.get().cause());
        return at + 1;
      }
      // What was refused may have hung on what came before it, and that has just changed.
      settle(from, at);
      settle(at, at + 1);
      return at + 1;
    }

    /** One transaction over a range; empty when it committed. */
    private Optional<Trouble> attempt(int from, int to, @Nullable Preset refused) {
      try {
        Answer[] committed = transactions.inNew(() -> decide(from, to, refused));
        CrashPoint.PARTICIPANT_AFTER_COMMIT.reached();
        System.arraycopy(committed, 0, settled, from, committed.length);
        return Optional.empty();
      } catch (HandlerException e) {
        return Optional.of(new Trouble(OptionalInt.of(e.at), e.thrown));
      } catch (RuntimeException e) {
        if (DatabaseTrouble.isCauseOf(e)) {
          throw new RetryBatchException(String.valueOf(e.getMessage()), e);
        }
        return Optional.of(new Trouble(OptionalInt.empty(), e));
      }
    }

    private Answer[] decide(int from, int to, @Nullable Preset refused) {
      List<Delivery<?, ?>> range = batch.subList(from, to);
      Map<FenceKey, FenceRow> found =
          store.find(schema, range.stream().map(Delivery::fenceKey).toList());
      Map<FenceKey, FenceRow> added = new HashMap<>();
      Map<FenceKey, FenceRow> changed = new HashMap<>();
      Answer[] decided = new Answer[to - from];
      for (int i = from; i < to; i++) {
        Delivery<?, ?> delivery = batch.get(i);
        FenceKey key = delivery.fenceKey();
        Map<FenceKey, FenceRow> written = found.containsKey(key) ? changed : added;
        FenceRow row = written.getOrDefault(key, found.getOrDefault(key, FenceRow.OPEN));
        BusinessRefusal refusal = refused != null && refused.at() == i ? refused.refusal() : null;
        Settlement settlement = settlement(i, delivery, row, refusal);
        decided[i - from] = settlement.answer();
        if (!settlement.row().equals(row)) {
          written.put(key, settlement.row());
        }
      }
      store.add(schema, added);
      store.change(schema, changed);
      CrashPoint.PARTICIPANT_BEFORE_COMMIT.reached();
      return decided;
    }

    private Settlement settlement(
        int at, Delivery<?, ?> delivery, FenceRow row, @Nullable BusinessRefusal refusal) {
      return switch (Fence.decide(row.state(), delivery.phase())) {
        case RUN_ACTION -> {
          if (refusal != null) {
            RecordedReply recorded = answers.refusal(delivery, Problem.of(refusal));
            yield new Settlement(row.rejected(recorded), answers.rejected(recorded, false));
          }
          RecordedReply reply = invoke(at, delivery, row);
          yield new Settlement(row.done(reply), answers.succeeded(reply, false));
        }
        case RUN_COMPENSATION -> {
          if (refusal != null) {
            RecordedReply unrecorded = answers.refusal(delivery, Problem.of(refusal));
            yield new Settlement(row, answers.rejected(unrecorded, false));
          }
          RecordedReply reply = invoke(at, delivery, row);
          yield new Settlement(row.compensated(reply), answers.succeeded(reply, false));
        }
        case ENTOMB ->
            new Settlement(row.tombstoned(), answers.nothingToUndo(FenceState.TOMBSTONED, false));
        case REPEAT_ACTION ->
            new Settlement(row, answers.succeeded(row.recordedActionReply(), true));
        case REPEAT_REFUSAL ->
            new Settlement(row, answers.rejected(row.recordedActionReply(), true));
        case REPEAT_COMPENSATION ->
            new Settlement(row, answers.succeeded(row.recordedCompensationReply(), true));
        case NOTHING_TO_UNDO ->
            new Settlement(
                row, answers.nothingToUndo(row.state(), row.state() == FenceState.TOMBSTONED));
        case REFUSE -> new Settlement(row, answers.refusedBy(row.state(), delivery));
      };
    }

    private RecordedReply invoke(int at, Delivery<?, ?> delivery, FenceRow row) {
      Optional<RecordedReply> actionReply =
          delivery.phase() == Phase.COMPENSATION
              ? Optional.of(row.recordedActionReply())
              : Optional.empty();
      try {
        return answers.reply(
            delivery, delivery.run(new DeliveryContext(delivery, actionReply, codec)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RetryBatchException("Interrupted in a handler", e);
      } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
        if (DatabaseTrouble.isCauseOf(e)) {
          throw new RetryBatchException(String.valueOf(e.getMessage()), e);
        }
        throw new HandlerException(at, e);
      }
    }
  }

  /** What becomes of the fence row, and what is said. */
  private record Settlement(FenceRow row, Answer answer) {}

  /** A refusal that is known already: record it instead of running the handler. */
  private record Preset(int at, BusinessRefusal refusal) {}

  /**
   * Why a transaction was rolled back.
   *
   * @param at which command threw; empty when it was the commit
   */
  private record Trouble(OptionalInt at, Throwable cause) {}

  /** Rolls the transaction back and says whose fault it is. */
  private static final class HandlerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int at;
    final Throwable thrown;

    HandlerException(int at, Throwable thrown) {
      super(thrown.getMessage(), thrown, false, false);
      this.at = at;
      this.thrown = thrown;
    }
  }
}
