package io.skald.testkit;

import io.skald.machine.SagaMachine;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.StepName;
import io.skald.testkit.FailureCase.Strike;
import io.skald.testkit.Trouble.TurnBack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs a definition through every {@link Fault} at every step, alone and in pairs, and holds each
 * run against every {@link Law}. Participants are played as the wire contract asks for: behind a
 * fence, with recorded answers and tombstones; the decisions are those of the machine that runs in
 * production, on a virtual clock.
 *
 * <pre>{@code
 * FailureMatrix.of(definition).run().expectLawful();
 * }</pre>
 *
 * or, as one JUnit test for each case, {@link io.skald.testkit.junit.FailureMatrixTests}.
 *
 * <p>What participants reply is made from the classes of the replies: a member that the command has
 * too repeats its value, every other gets one of its own, such as {@code "payment.paymentId"}; see
 * {@link #reply}. That a compensation undoes what was done is told by members of equal names: a
 * {@code RefundPayment.paymentId} must be that of the reply {@code PaymentProcessed}, or else of
 * the command; see {@link #undoes} and {@link #mayDiffer}.
 *
 * <p>An await is given its signal when the saga waits there, if the test has said which ({@link
 * #signal}); pauses pass. What runs side by side, branches and items, must fold into the data so
 * that the order of their replies does not matter; see {@link #anyOrder}.
 *
 * <p>The steps are those that a run without faults issues with the given data, and those behind a
 * signal that does not come. All single faults are run; of the pairs at most {@value #MOST_PAIRS},
 * evenly spread over all of them when there are more, and always the same ones ({@link #pairs}).
 *
 * <p>Immutable: each method returns a changed copy. Cases may be run from several threads.
 *
 * @param <D> the saga's data
 */
public final class FailureMatrix<D> {

  private static final int MOST_PAIRS = 2_000;
  private static final int FAILURES = 2;

  private final SagaDefinition<D> definition;
  private final D data;
  private final SagaMachine machine;
  private final PayloadCodec codec;
  private final MatrixSettings settings;

  private FailureMatrix(
      SagaDefinition<D> definition,
      D data,
      SagaMachine machine,
      PayloadCodec codec,
      MatrixSettings settings) {
    this.definition = definition;
    this.data = data;
    this.machine = machine;
    this.codec = codec;
    this.settings = settings;
  }

  /**
   * The matrix of a definition alone: the data that the saga starts with is made from its class. A
   * member that is {@code Optional} or {@code @Nullable} is missing at first.
   */
  public static <D> FailureMatrix<D> of(SagaDefinition<D> definition) {
    return of(definition, SampleData.of(definition, new JacksonPayloadCodec()));
  }

  /**
   * The matrix of a definition.
   *
   * @param data what the saga is started with; each of its values best is a different one
   */
  public static <D> FailureMatrix<D> of(SagaDefinition<D> definition, D data) {
    return of(definition, data, new JacksonPayloadCodec());
  }

  /** The same, with a codec of its own, which must write JSON. */
  public static <D> FailureMatrix<D> of(SagaDefinition<D> definition, D data, PayloadCodec codec) {
    return of(definition, data, codec, new SagaMachine(codec));
  }

  /** With a machine that may be broken, to see that it is noticed. */
  static <D> FailureMatrix<D> of(
      SagaDefinition<D> definition, D data, PayloadCodec codec, SagaMachine machine) {
    return new FailureMatrix<>(
        definition,
        data,
        machine,
        codec,
        new MatrixSettings(
            new SampleReplies(codec, Map.of()),
            SampleSignals.none(),
            Set.of(),
            Set.of(),
            List.of(),
            FAILURES,
            MOST_PAIRS));
  }

  private FailureMatrix<D> with(MatrixSettings settings) {
    return new FailureMatrix<>(definition, data, machine, codec, settings);
  }

  /** What this step's participant replies, in place of a reply made from its class. */
  public <R, C extends Command<R>> FailureMatrix<D> reply(
      String step, Class<C> command, Function<? super C, ? extends R> reply) {
    return with(
        settings.withReply(step, json -> codec.encode(reply.apply(codec.decode(json, command)))));
  }

  /**
   * What is signalled when the saga waits at this await. An await of which nothing is said waits
   * until its limit passes.
   *
   * @param await its name; inside a {@code forEach} for all items, or with one: {@code
   *     approval/P-17}
   * @throws IllegalArgumentException when the definition does not await such a signal
   */
  public FailureMatrix<D> signal(String await, Object signal) {
    return with(settings.withSignals(settings.signals().with(definition, codec, await, signal)));
  }

  /**
   * What makes a compensation that of this step, where members of equal names do not tell. It is
   * asked in addition to them, when the step's reply is known.
   */
  public <R, C extends Command<?>> FailureMatrix<D> undoes(
      String step, Class<R> reply, Class<C> compensation, BiPredicate<? super R, ? super C> same) {
    return with(
        settings.withRule(
            new Undoing.Rule(
                step,
                reply,
                compensation,
                (done, undo) -> same.test(reply.cast(done), compensation.cast(undo)))));
  }

  /**
   * Members of this step's compensation that need not be those of its reply or command, though
   * their names are equal.
   */
  public FailureMatrix<D> mayDiffer(String step, String... members) {
    return with(
        settings.withMayDiffer(Stream.of(members).map(member -> step + "." + member).toList()));
  }

  /**
   * Members of the data that may depend on which of two branches, or of two items, is answered
   * first: a list to which each of them appends, for one.
   */
  public FailureMatrix<D> anyOrder(String... members) {
    return with(settings.withAnyOrder(List.of(members)));
  }

  /** How often something fails that then works; {@value #FAILURES} times unless said. */
  public FailureMatrix<D> failures(int failures) {
    return with(settings.withFailures(failures));
  }

  /** How many pairs of faults are run at most; none with 0. */
  public FailureMatrix<D> pairs(int most) {
    return with(settings.withPairs(most));
  }

  /** A report of no case yet: it knows all cases, first the one without faults, then singles. */
  public MatrixReport report() {
    SagaRun<D> happy = newRun();
    CaseResult plain = run(FailureCase.of(), Optional.empty(), happy);
    Places places = Places.of(happy, settings.signals());
    Map<StepName, Places> detours = new LinkedHashMap<>();
    for (Strike strike : places.strikes()) {
      if (strike.fault() == Fault.SIGNAL_SILENT) {
        SagaRun<D> detour = newRun();
        run(FailureCase.of(strike), Optional.empty(), detour);
        detours.put(strike.step(), Places.of(detour, settings.signals()));
      }
    }
    int pairs = plain.broken().isPresent() ? 0 : settings.pairs();
    return new MatrixReport(MatrixPlan.of(definition, places, detours, pairs));
  }

  /** Runs all cases. */
  public MatrixReport run() {
    MatrixReport report = report();
    report.cases().forEach(failureCase -> run(failureCase, report));
    return report;
  }

  /**
   * Runs one case and reports it. One of which a part has broken a law already is skipped: it would
   * only say the same again.
   */
  public CaseResult run(FailureCase failureCase, MatrixReport report) {
    CaseResult result =
        report.isBrokenInPart(failureCase)
            ? CaseResult.skipped(failureCase)
            : run(failureCase, report.plan().turnBackFor(failureCase), newRun());
    report.add(result);
    return result;
  }

  private CaseResult run(FailureCase failureCase, Optional<TurnBack> turnBack, SagaRun<D> saga) {
    Trouble trouble = new Trouble(failureCase.strikes(), turnBack, settings.failures());
    Undoing undoing = new Undoing(codec, settings.mayDiffer(), settings.rules());
    Optional<LawBroken> broken = Optional.empty();
    try {
      new CaseRun<>(saga, trouble, settings, new StepLaws(undoing)).run(data);
      if (failureCase.strikes().isEmpty()) {
        new SideBySide<>(saga, new StoryOrder(definition), settings.anyOrder()).check();
      }
    } catch (Broken law) {
      broken = Optional.of(new LawBroken(failureCase, law, saga.story()));
    }
    return new CaseResult(
        failureCase,
        trouble.struck(),
        broken,
        undoing.notCompared(),
        saga.story().toString(),
        false);
  }

  private SagaRun<D> newRun() {
    return new SagaRun<>(definition, codec, machine);
  }
}
