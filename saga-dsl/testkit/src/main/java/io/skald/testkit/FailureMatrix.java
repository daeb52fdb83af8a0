package io.skald.testkit;

import io.skald.machine.SagaMachine;
import io.skald.saga.SagaDefinition;
import io.skald.saga.message.Command;
import io.skald.saga.message.PayloadCodec;
import io.skald.testkit.Trouble.TurnBack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

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
 * <p>The steps are those that a run without faults issues with the given data. All single faults
 * are run; of the pairs at most {@value #MOST_PAIRS}, evenly spread over all of them when there are
 * more, and always the same ones ({@link #pairs}).
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
  private final SampleReplies samples;
  private final Set<String> mayDiffer;
  private final List<Undoing.Rule> rules;
  private final int failures;
  private final int pairs;

  FailureMatrix(
      SagaDefinition<D> definition,
      D data,
      SagaMachine machine,
      PayloadCodec codec,
      SampleReplies samples,
      Set<String> mayDiffer,
      List<Undoing.Rule> rules,
      int failures,
      int pairs) {
    this.definition = definition;
    this.data = data;
    this.machine = machine;
    this.codec = codec;
    this.samples = samples;
    this.mayDiffer = Set.copyOf(mayDiffer);
    this.rules = List.copyOf(rules);
    this.failures = failures;
    this.pairs = pairs;
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
        new SampleReplies(codec, Map.of()),
        Set.of(),
        List.of(),
        FAILURES,
        MOST_PAIRS);
  }

  /** What this step's participant replies, in place of a reply made from its class. */
  public <R, C extends Command<R>> FailureMatrix<D> reply(
      String step, Class<C> command, Function<? super C, ? extends R> reply) {
    SampleReplies more =
        samples.with(step, json -> codec.encode(reply.apply(codec.decode(json, command))));
    return new FailureMatrix<>(
        definition, data, machine, codec, more, mayDiffer, rules, failures, pairs);
  }

  /**
   * What makes a compensation that of this step, where members of equal names do not tell. It is
   * asked in addition to them, when the step's reply is known.
   */
  public <R, C extends Command<?>> FailureMatrix<D> undoes(
      String step, Class<R> reply, Class<C> compensation, BiPredicate<? super R, ? super C> same) {
    List<Undoing.Rule> more = new ArrayList<>(rules);
    more.add(
        new Undoing.Rule(
            step,
            reply,
            compensation,
            (done, undo) -> same.test(reply.cast(done), compensation.cast(undo))));
    return new FailureMatrix<>(
        definition, data, machine, codec, samples, mayDiffer, more, failures, pairs);
  }

  /**
   * Members of this step's compensation that need not be those of its reply or command, though
   * their names are equal.
   */
  public FailureMatrix<D> mayDiffer(String step, String... members) {
    Set<String> more = new HashSet<>(mayDiffer);
    for (String member : members) {
      more.add(step + "." + member);
    }
    return new FailureMatrix<>(
        definition, data, machine, codec, samples, more, rules, failures, pairs);
  }

  /** How often something fails that then works; {@value #FAILURES} times unless said. */
  public FailureMatrix<D> failures(int failures) {
    return new FailureMatrix<>(
        definition, data, machine, codec, samples, mayDiffer, rules, failures, pairs);
  }

  /** How many pairs of faults are run at most; none with 0. */
  public FailureMatrix<D> pairs(int most) {
    return new FailureMatrix<>(
        definition, data, machine, codec, samples, mayDiffer, rules, failures, most);
  }

  /** A report of no case yet: it knows all cases, first the one without faults, then singles. */
  public MatrixReport report() {
    SagaRun<D> happy = newRun();
    CaseResult plain = run(FailureCase.of(), Optional.empty(), happy);
    return new MatrixReport(MatrixPlan.of(happy, plain.broken().isPresent() ? 0 : pairs));
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
    Trouble trouble = new Trouble(failureCase.strikes(), turnBack, failures);
    Undoing undoing = new Undoing(codec, mayDiffer, rules);
    Optional<LawBroken> broken = Optional.empty();
    try {
      new CaseRun<>(saga, trouble, samples, new StepLaws(undoing), failures).run(data);
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
