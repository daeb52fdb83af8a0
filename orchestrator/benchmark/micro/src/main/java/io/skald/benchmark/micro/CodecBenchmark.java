package io.skald.benchmark.micro;

import io.skald.machine.JournalEntry;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.orchestrator.journal.EntryCodec;
import io.skald.orchestrator.journal.StateCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the tables hold: the state of a saga halfway, and the journal row of a reply. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
public class CodecBenchmark {

  @Param({"3", "50"})
  private int steps;

  private SagaState state;
  private StateCodec.Row row;
  private List<JournalEntry> entries;
  private String body;

  @Setup
  public void setUp() {
    Journey journey = new Journey(steps);
    state = journey.halfway();
    row = rowOf(state);
    entries = Journey.transitionOf(journey.reply()).entries();
    body = EntryCodec.encode(entries);
  }

  @Benchmark
  public String encodeState() {
    return StateCodec.encode(state);
  }

  @Benchmark
  public SagaState decodeState() {
    return StateCodec.decode(row);
  }

  @Benchmark
  public String encodeEntries() {
    return EntryCodec.encode(entries);
  }

  @Benchmark
  public List<JournalEntry> decodeEntries() {
    return EntryCodec.decode(body);
  }

  static StateCodec.Row rowOf(SagaState state) {
    SagaCore core = state.core();
    return new StateCodec.Row(
        core.id(),
        core.definition(),
        core.version(),
        state.status(),
        core.key(),
        core.seq(),
        core.data(),
        StateCodec.encode(state),
        core.startedAt(),
        core.updatedAt());
  }
}
