package io.skald.saga;

import io.skald.saga.message.Command;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Where a definition begins. It reads from top to bottom like the story that it tells:
 *
 * <pre>{@code
 * Saga.define("order", 1, Order.class)
 *     .startedBy(ORDER_EVENTS, OrderCreated.class, OrderCreated::orderId, Order::from)
 *     .deadline(ofDays(3))
 *     .step("payment", PAYMENT, ProcessPayment.class, o -> new ProcessPayment(o.id(), o.total()))
 *         .onReply(Order::paid)
 *         .compensate(RefundPayment.class, (o, paid) -> new RefundPayment(o.id(), paid.paymentId()),
 *                     VoidPayment.class, o -> new VoidPayment(o.id()))
 *     .pivot("shipping", SHIPPING, ScheduleShipping.class, o -> new ScheduleShipping(o.id()))
 *     .then("notify", NOTIFICATION, Notify.class, o -> new Notify(o.id()))
 *     .build();
 * }</pre>
 *
 * <p>The stages are types of their own, so that a wrong story does not compile: each step before
 * the pivot says how it is undone or that there is nothing to undo, and after the pivot nothing can
 * be undone. What the compiler can't see, {@link BeforePivot#build} says, all faults at once: an
 * old stage that was kept and used again, for one. Write a definition as one chain, on one thread.
 *
 * <p>All functions given to a definition must be pure and quick: they run inside the engine, and
 * again when a saga is resumed. One that throws parks its saga.
 */
public final class Saga {

  private Saga() {}

  /**
   * Begins a definition.
   *
   * @param name lower-case letters, digits and '-', starting with a letter
   * @param version 1 or above; a saga stays on the version that it started with
   * @param dataType what the saga carries along: an immutable type that can be written as JSON
   */
  public static <D> Head<D> define(String name, int version, Class<D> dataType) {
    return new DefinitionBuilder<>(name, version, dataType).head();
  }

  /** A definition that does not yet say how its sagas start. */
  public interface Head<D> {

    /**
     * Sagas start when this event is published on this topic; and by API too.
     *
     * @param key the id of the aggregate the event is about; the same event again is the same saga
     * @param data makes the saga's first data
     */
    <E> Started<D> startedBy(
        Topic topic,
        Class<E> event,
        Function<? super E, String> key,
        Function<? super E, ? extends D> data);

    /** Sagas start by API alone. */
    Started<D> startedByApi();
  }

  /** A definition that says how its sagas start, and has no step yet. */
  public interface Started<D> extends Head<D>, BeforePivot<D> {

    /**
     * How long a saga may take to its point of no return, from its start; then it is compensated.
     */
    Started<D> deadline(Duration deadline);

    /**
     * At most one saga of this definition and key is under way at a time. Each start is then a saga
     * of its own, told from others by the event's id, or by what the API calls its idempotency key;
     * the same start again is still the same saga. A saga that waits in a queue has its deadline
     * counted from when its turn comes.
     *
     * @param second what becomes of a start while another saga of its key has not ended
     */
    Started<D> exclusive(Exclusive second);
  }

  /**
   * What may stand between steps, before the pivot and after it. A block's lambda is given the
   * block's first stage and returns its last.
   *
   * @param <D> what the functions see: the saga's data, and inside a {@code forEach} {@link Each}
   * @param <S> the stage that the story goes on with
   */
  public interface Blocks<D, S extends Blocks<D, S>> {

    /**
     * Each part of the block is a branch, and all run side by side; the story goes on when all have
     * succeeded. When one fails, what is under way in the others settles first; then all that may
     * have happened is compensated, the branches side by side. Replies are folded one at a time, so
     * let branches fold into different fields.
     */
    S parallel(String name, UnaryOperator<S> branches);

    /** Parts that run one after the other: one branch of several steps in a parallel block. */
    S inOrder(UnaryOperator<S> parts);

    /** Parts that are run when the data says so at this place; it is asked once. */
    S when(String name, Predicate<? super D> condition, UnaryOperator<S> then);

    /** One of two ways, by what the data says at this place; it is asked once. */
    S when(
        String name,
        Predicate<? super D> condition,
        UnaryOperator<S> then,
        UnaryOperator<S> otherwise);

    /**
     * Waits for a signal of this name from outside, such as a person's approval. It may come before
     * it is awaited, and the same signal twice counts once. When the limit passes the saga turns
     * back; after the pivot it parks.
     *
     * @param signal what it carries, as JSON; named for the wire like a command
     * @param limit for how long, from when the story comes here
     * @param onSignal folds the signal into the saga's data
     */
    <A> S await(
        String name,
        Class<A> signal,
        Duration limit,
        BiFunction<? super D, ? super A, ? extends D> onSignal);

    /**
     * The same, with another way to go on when the limit passes.
     *
     * @param late what happens instead of the signal; the story goes on behind it
     */
    <A> S await(
        String name,
        Class<A> signal,
        Duration limit,
        BiFunction<? super D, ? super A, ? extends D> onSignal,
        UnaryOperator<S> late);

    /** The story stands still for this long. */
    S pause(String name, Duration time);
  }

  /** Between two steps before the point of no return. */
  public interface BeforePivot<D> extends Blocks<D, BeforePivot<D>> {

    /**
     * A step that can be undone.
     *
     * @param type the command's class, which names its reply's class as {@code Command<Reply>}
     */
    <R, C extends Command<R>> OwesCompensation<D, R> step(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> command);

    /**
     * The same story for each item of a collection of the data, side by side. The items are taken
     * when the story comes here. There is no {@code forEach} inside of another.
     *
     * @param items may be empty; at most 1,000
     * @param key tells the items apart: at most 100 characters, none of them '/' or control
     * @param atOnce how many items are under way at once, at most
     */
    <I> BeforePivot<D> forEach(
        String name,
        Class<I> itemType,
        Function<? super D, ? extends Collection<? extends I>> items,
        Function<? super I, String> key,
        int atOnce,
        UnaryOperator<BeforePivot<Each<D, I>>> body);

    /**
     * A step that is a saga of its own, with its own id and history. A child that turns back is a
     * step that was refused, and there is nothing left of it to undo. A child that has done its
     * work is held: it is released when this saga completes, and undone when this saga turns back.
     *
     * @param child a definition without a pivot and steps behind it, so that all of it can be
     *     undone; it is to be deployed as well
     * @param data makes the child's first data; asked again when the child is to be undone
     * @param <C> the child's data
     */
    <C> SubSagaBeforePivot<D, C> subSaga(
        String name, SagaDefinition<C> child, Function<? super D, ? extends C> data);

    /** The point of no return: once it is issued, and not refused, the saga only goes forward. */
    <R, C extends Command<R>> Forward<D, R> pivot(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> command);

    /**
     * The definition.
     *
     * @throws InvalidDefinitionException when it can't run; says all that is wrong at once
     */
    SagaDefinition<D> build();
  }

  /** A step that has yet to say how it is undone. */
  public interface OwesCompensation<D, R> {

    /** How long to wait for the answer of one attempt, from its publication; 30 s by default. */
    OwesCompensation<D, R> timeout(Duration timeout);

    /** When an attempt that failed or timed out is tried again. */
    OwesCompensation<D, R> retry(Retry retry);

    /**
     * When a compensation that went wrong is tried again; by default from 1 s up to 5 minutes
     * apart, for 24 hours. After that the saga parks.
     */
    OwesCompensation<D, R> compensationRetry(Retry retry);

    /** Folds the reply into the saga's data. */
    OwesCompensation<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold);

    /** The command that undoes the step, whether it is known to have happened or not. */
    <C extends Command<?>> BeforePivot<D> compensate(
        Class<C> type, Function<? super D, ? extends C> command);

    /**
     * The command that undoes the step.
     *
     * @param afterSuccess made from the data and the step's own reply
     * @param whenUnknown made when it is not known whether the step happened, so there is no reply
     */
    <C extends Command<?>, U extends Command<?>> BeforePivot<D> compensate(
        Class<C> type,
        BiFunction<? super D, ? super R, ? extends C> afterSuccess,
        Class<U> unknownType,
        Function<? super D, ? extends U> whenUnknown);

    /** The step leaves no effect that would need to be undone. */
    BeforePivot<D> nothingToCompensate();
  }

  /** At the point of no return or after it. */
  public interface AfterPivot<D> extends Blocks<D, AfterPivot<D>> {

    /** The same as {@link BeforePivot#forEach}, of steps that only go forward. */
    <I> AfterPivot<D> forEach(
        String name,
        Class<I> itemType,
        Function<? super D, ? extends Collection<? extends I>> items,
        Function<? super I, String> key,
        int atOnce,
        UnaryOperator<AfterPivot<Each<D, I>>> body);

    /**
     * A step that is a saga of its own, with its own id and history. It is never undone; a child
     * that turns back parks this saga, like every step here that is refused.
     *
     * @param child any definition; it is to be deployed as well
     * @param data makes the child's first data
     * @param <C> the child's data
     */
    <C> SubSagaAfterPivot<D, C> subSaga(
        String name, SagaDefinition<C> child, Function<? super D, ? extends C> data);

    /** A step that can only be retried until it succeeds. */
    <R, C extends Command<R>> Forward<D, R> then(
        String name,
        Participant participant,
        Class<C> type,
        Function<? super D, ? extends C> command);

    /**
     * The definition.
     *
     * @throws InvalidDefinitionException when it can't run; says all that is wrong at once
     */
    SagaDefinition<D> build();
  }

  /** The pivot, or a step after it. */
  public interface Forward<D, R> extends AfterPivot<D> {

    /** How long to wait for the answer of one attempt, from its publication; 30 s by default. */
    Forward<D, R> timeout(Duration timeout);

    /** When an attempt that failed or timed out is tried again; the saga parks after the last. */
    Forward<D, R> retry(Retry retry);

    /** Folds the reply into the saga's data. */
    Forward<D, R> onReply(BiFunction<? super D, ? super R, ? extends D> fold);
  }

  /** Behind a step before the pivot that is a saga: more of it, or how the story goes on. */
  public interface SubSagaBeforePivot<D, C> extends BeforePivot<D> {

    /**
     * How long to wait for the child's end until it is asked again, a day by default. A child waits
     * for people and for its own retries, so be generous: when the retries are used up too, this
     * saga turns back and the child with it.
     */
    SubSagaBeforePivot<D, C> timeout(Duration timeout);

    /** When a child that was aborted, or gave no answer in time, is asked again. */
    SubSagaBeforePivot<D, C> retry(Retry retry);

    /**
     * When a child that could not be undone is asked again; by default from 1 s up to 5 minutes
     * apart, for 24 hours. After that the saga parks.
     */
    SubSagaBeforePivot<D, C> compensationRetry(Retry retry);

    /** Folds the data with which the child has ended into this saga's. */
    SubSagaBeforePivot<D, C> onEnd(BiFunction<? super D, ? super C, ? extends D> fold);
  }

  /** Behind a step after the pivot that is a saga: more of it, or how the story goes on. */
  public interface SubSagaAfterPivot<D, C> extends AfterPivot<D> {

    /** How long to wait for the child's end until it is asked again, a day by default. */
    SubSagaAfterPivot<D, C> timeout(Duration timeout);

    /**
     * When a child that was aborted, or gave no answer in time, is asked again; this saga parks
     * after the last.
     */
    SubSagaAfterPivot<D, C> retry(Retry retry);

    /** Folds the data with which the child has ended into this saga's. */
    SubSagaAfterPivot<D, C> onEnd(BiFunction<? super D, ? super C, ? extends D> fold);
  }
}
