package io.skald.saga;

import static io.skald.saga.Orders.PAYMENT;

import io.skald.saga.Orders.OrderCreated;
import io.skald.saga.message.Command;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A story told to the builder as nobody should: any words in any order, with names, classes and
 * durations good and bad, and now and then at a stage that it has left.
 *
 * @param words what is said; a word that its stage does not have is passed over, as the compiler
 *     would have refused it
 */
record AnyStory(String name, int version, Class<?> dataType, List<Word> words) {

  private static final List<SagaDefinition<?>> CHILDREN =
      List.of(
          Orders.refunded(Orders.payment(Orders.head())).build(),
          Orders.shipping(Orders.head()).build());

  enum Verb {
    STARTED_BY,
    DEADLINE,
    EXCLUSIVE,
    STEP,
    PIVOT,
    THEN,
    TIMEOUT,
    RETRY,
    COMPENSATION_RETRY,
    ON_REPLY,
    COMPENSATE,
    COMPENSATE_TWO_WAYS,
    NOTHING_TO_COMPENSATE,
    PARALLEL,
    WHEN,
    FOR_EACH,
    AWAIT,
    PAUSE,
    SUB_SAGA
  }

  /**
   * @param back how many stages ago the stage is that it is said to
   */
  record Word(Verb verb, int back, String name, Class<?> type, Class<?> other, Duration duration) {}

  static Arbitrary<AnyStory> stories() {
    return Combinators.combine(
            Arbitraries.oneOf(Arbitraries.just("order"), names()),
            Arbitraries.oneOf(Arbitraries.just(1), Arbitraries.integers()),
            dataTypes(),
            Arbitraries.oneOf(
                anyWords().list().ofMaxSize(12),
                goodSteps(2, 30),
                goodSteps(DefinitionCheck.MAX_STEPS - 2, DefinitionCheck.MAX_STEPS + 2)))
        .as(AnyStory::new);
  }

  /**
   * The definition.
   *
   * @throws InvalidDefinitionException when the builder refuses it
   */
  SagaDefinition<?> told() {
    List<Object> stages = new ArrayList<>();
    stages.add(Saga.define(name, version, dataType).startedByApi());
    for (Word word : words) {
      Object stage = stages.get(Math.max(0, stages.size() - 1 - word.back()));
      next(stage, word).ifPresent(stages::add);
    }
    return switch (stages.getLast()) {
      case Saga.BeforePivot<?> before -> before.build();
      case Saga.AfterPivot<?> after -> after.build();
      default -> ((Saga.BeforePivot<?>) stages.getFirst()).build();
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // What the compiler guards is not of interest here.
  private static Optional<Object> next(Object stage, Word word) {
    Class type = word.type();
    Function command = data -> word;
    BiFunction fold = (data, reply) -> data;
    return Optional.ofNullable(
        switch (stage) {
          case Saga.Started started when word.verb() == Verb.STARTED_BY ->
              started.startedBy(Orders.ORDER_EVENTS, word.other(), e -> "key", e -> e);
          case Saga.Started started when word.verb() == Verb.DEADLINE ->
              started.deadline(word.duration());
          case Saga.Started started when word.verb() == Verb.EXCLUSIVE ->
              started.exclusive(Exclusive.QUEUE);
          case Saga.BeforePivot before when word.verb() == Verb.STEP ->
              before.step(word.name(), PAYMENT, type, command);
          case Saga.BeforePivot before when word.verb() == Verb.PIVOT ->
              before.pivot(word.name(), PAYMENT, type, command);
          case Saga.BeforePivot before when word.verb() == Verb.FOR_EACH ->
              before.forEach(
                  word.name(), word.other(), d -> List.of(), i -> "key", word.back(), inside(word));
          case Saga.BeforePivot before when word.verb() == Verb.SUB_SAGA ->
              before.subSaga(word.name(), CHILDREN.get(word.back() % 2), data -> data);
          case Saga.BeforePivot before when block(before, word) instanceof Object next -> next;
          case Saga.OwesCompensation owes ->
              switch (word.verb()) {
                case TIMEOUT -> owes.timeout(word.duration());
                case RETRY ->
                    owes.retry(Retry.none().within(Duration.ofDays(1)).stopOn(word.name()));
                case COMPENSATION_RETRY -> owes.compensationRetry(Retry.none());
                case ON_REPLY -> owes.onReply(fold);
                case COMPENSATE -> owes.compensate(type, command);
                case COMPENSATE_TWO_WAYS -> owes.compensate(type, fold, type, command);
                case NOTHING_TO_COMPENSATE -> owes.nothingToCompensate();
                default -> null;
              };
          case Saga.Forward forward ->
              switch (word.verb()) {
                case THEN -> forward.then(word.name(), PAYMENT, type, command);
                case TIMEOUT -> forward.timeout(word.duration());
                case RETRY -> forward.retry(Retry.none().unlimited().stopOn(word.name()));
                case ON_REPLY -> forward.onReply(fold);
                case SUB_SAGA ->
                    forward.subSaga(word.name(), CHILDREN.get(word.back() % 2), data -> data);
                default -> block(forward, word);
              };
          default -> null;
        });
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable Object block(Saga.Blocks story, Word word) {
    return switch (word.verb()) {
      case PARALLEL -> story.parallel(word.name(), inside(word));
      case WHEN -> story.when(word.name(), d -> true, inside(word), inside(word));
      case AWAIT -> story.await(word.name(), word.other(), word.duration(), (d, s) -> d);
      case PAUSE -> story.pause(word.name(), word.duration());
      default -> null;
    };
  }

  /** A pause or none, and now and then the block inside of itself. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static UnaryOperator inside(Word word) {
    return stage -> {
      Saga.Blocks story = (Saga.Blocks) stage;
      return switch (word.back()) {
        case 0 -> story.pause(word.name() + "-b", word.duration());
        case 1 -> story;
        case 2 -> story.inOrder(inner -> inner);
        default ->
            story.parallel(
                word.name() + "-c", inner -> ((Saga.Blocks) inner).pause("p", word.duration()));
      };
    };
  }

  private static Arbitrary<Word> anyWords() {
    return Combinators.combine(
            Arbitraries.of(Verb.class),
            Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 5))),
            names(),
            commands(),
            Arbitraries.of(OrderCreated.class, int[].class, Map.class),
            durations())
        .as(Word::new);
  }

  /** Nothing wrong with them but perhaps their number; the codes that end retries are any. */
  private static Arbitrary<List<Word>> goodSteps(int least, int most) {
    return Combinators.combine(
            Arbitraries.integers().between(least, most),
            names(),
            Arbitraries.of(Verb.COMPENSATE, Verb.COMPENSATE_TWO_WAYS, Verb.NOTHING_TO_COMPENSATE))
        .as(
            (count, code, end) -> {
              List<Word> words = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                words.add(word(Verb.STEP, "step-" + i));
                words.add(word(Verb.RETRY, code));
                words.add(word(Verb.ON_REPLY, ""));
                words.add(word(end, ""));
              }
              words.add(word(Verb.PIVOT, "pivot"));
              return words;
            });
  }

  private static Word word(Verb verb, String name) {
    return new Word(
        verb, 0, name, Orders.ProcessPayment.class, OrderCreated.class, Duration.ofSeconds(1));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of("payment", "end", "start", "a-b", "x".repeat(64), "x".repeat(65), ""),
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8),
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.of("a\"b", "a\nb", "<script>", "\ud83d", "end;drop"));
  }

  private static Arbitrary<Class<?>> commands() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just(Orders.ProcessPayment.class)),
        Tuple.of(
            1,
            Arbitraries.of(
                DefinitionFaultsTest.Indirect.class,
                DefinitionFaultsTest.ListReply.class,
                DefinitionFaultsTest.ArrayReply.class,
                DefinitionFaultsTest.BadlyNamed.class,
                DefinitionFaultsTest.VersionZero.class,
                Command.class,
                new Command<OrderCreated>() {}.getClass())));
  }

  private static Arbitrary<Class<?>> dataTypes() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just(Orders.Order.class)),
        Tuple.of(1, Arbitraries.of(int.class, Orders.Order[].class, Map.class, Verb.class)));
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 1_000_000).map(Duration::ofMillis),
        Arbitraries.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofNanos(1),
            Duration.ofDays(3_660),
            Duration.ofDays(3_661),
            Duration.ofSeconds(Long.MIN_VALUE),
            ChronoUnit.FOREVER.getDuration()));
  }
}
