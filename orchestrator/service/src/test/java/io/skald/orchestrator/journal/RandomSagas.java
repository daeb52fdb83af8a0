package io.skald.orchestrator.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.skald.machine.Attempts;
import io.skald.machine.BlockState;
import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParentLink;
import io.skald.machine.ParkReason;
import io.skald.machine.PhaseState;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.machine.SagaState;
import io.skald.machine.StepState;
import io.skald.orchestrator.messaging.JacksonPayloadCodec;
import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.PayloadCodec;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** States and entries of every kind, with awkward texts, numbers and instants. */
final class RandomSagas {

  private static final PayloadCodec CODEC = new JacksonPayloadCodec(new ObjectMapper());

  private static final List<String> TEXTS =
      List.of(
          "",
          "plain",
          "quote \" backslash \\ slash /",
          "line\nbreak\ttab",
          "nul \0 in it",
          "controls \u0001\u001f\u007f\u0085\u2028",
          "Grüße, 東京, 😀",
          "half \ud83d of a pair",
          "\ude00 other half",
          "'; drop table saga; --");

  private static final List<String> ITEMS =
      List.of("P-17", " 2 of 3 ", "Grüße, 東京, 😀", "quote \" backslash \\", "a".repeat(100));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-17",
          "1.10",
          "0.1",
          "-0.0",
          "1E+3",
          "1e3",
          "1e-7",
          "12345678901234567890",
          "0.30000000000000004",
          "9223372036854775808",
          "1.7976931348623157e308",
          "1e400");

  private final RandomGenerator random;

  RandomSagas(RandomGenerator random) {
    this.random = random;
  }

  // --- states

  SagaState state() {
    return switch (random.nextInt(7)) {
      case 7 ->
          new SagaState.Queued(core(), saga(), maybe(() -> Duration.ofMillis(random.nextInt())));
      case 0 -> new SagaState.Running(core());
      case 1 -> compensating();
      case 2 ->
          new SagaState.Parked(
              random.nextBoolean() ? new SagaState.Running(core()) : compensating(),
              one(ParkReason.values()),
              maybe(this::step),
              problem(),
              instant());
      case 3 -> new SagaState.Completed(core(), instant());
      case 4 ->
          new SagaState.Compensated(
              core(),
              one(CompensationCause.values()),
              maybe(this::step),
              maybe(this::problem),
              instant());
      case 5 -> new SagaState.Held(core(), instant());
      default -> new SagaState.Aborted(core(), wellFormed(), wellFormed(), instant());
    };
  }

  private SagaState.Compensating compensating() {
    return new SagaState.Compensating(
        core(), one(CompensationCause.values()), maybe(this::step), maybe(this::problem));
  }

  private SagaCore core() {
    List<StepState> steps = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(
          new StepState(
              new StepName("s" + i, random.nextBoolean() ? "" : one(ITEMS)),
              one(StepKind.values()),
              phase(),
              maybe(this::phase),
              maybe(this::child)));
    }
    return new SagaCore(
        saga(),
        "trip",
        1 + random.nextInt(9),
        wellFormed(),
        wellFormed(),
        wellFormed(),
        instant(),
        maybe(this::instant),
        place(),
        instant(),
        random.nextLong(1, Long.MAX_VALUE),
        json(),
        steps,
        blocks(),
        maybe(this::parent));
  }

  private ParentLink parent() {
    return new ParentLink(
        saga(), wellFormed(), step(), random.nextBoolean(), one(Phase.values()), random.nextInt());
  }

  private ChildSaga child() {
    return new ChildSaga("trip-" + random.nextInt(9), 1 + random.nextInt(9));
  }

  private long place() {
    return random.nextBoolean() ? SagaCore.NO_PLACE : random.nextLong(1, Long.MAX_VALUE);
  }

  private List<BlockState> blocks() {
    List<BlockState> blocks = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      blocks.add(block(new StepName("b" + i, random.nextBoolean() ? "" : one(ITEMS))));
    }
    return blocks;
  }

  private BlockState block(StepName name) {
    return switch (random.nextInt(6)) {
      case 0 -> new BlockState.Chosen(name, random.nextBoolean());
      case 1 -> new BlockState.Items(name, items());
      case 2 -> new BlockState.Waiting(name, instant(), instant());
      case 3 -> new BlockState.Kept(name, wellFormed(), json());
      case 4 -> new BlockState.Signalled(name, wellFormed(), instant());
      default -> new BlockState.Passed(name, instant());
    };
  }

  private List<BlockState.Item> items() {
    List<BlockState.Item> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(new BlockState.Item(one(ITEMS), json()));
    }
    return items;
  }

  private PhaseState phase() {
    return switch (random.nextInt(5)) {
      case 0 ->
          new PhaseState.AwaitingReply(attempts(), instant(), instant(), maybe(this::problem));
      case 1 ->
          new PhaseState.AwaitingRetry(attempts(), instant(), instant(), maybe(this::problem));
      case 2 -> new PhaseState.Succeeded(attempts(), instant(), json(), maybe(this::problem));
      case 3 -> new PhaseState.Rejected(attempts(), instant(), maybe(this::problem));
      default -> new PhaseState.Unknown(attempts(), instant(), maybe(this::problem));
    };
  }

  // --- entries

  List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      entries.add(entry());
    }
    return entries;
  }

  private JournalEntry entry() {
    return switch (random.nextInt(31)) {
      case 29 ->
          new JournalEntry.SagaQueued(saga(), maybe(() -> Duration.ofMillis(random.nextInt())));
      case 30 -> new JournalEntry.SagaTurnCame(maybe(this::instant));
      case 0 ->
          new JournalEntry.SagaStarted(
              saga(),
              wellFormed(),
              random.nextInt(),
              wellFormed(),
              wellFormed(),
              wellFormed(),
              json(),
              maybe(this::instant),
              place(),
              maybe(this::parent));
      case 1 ->
          new JournalEntry.CommandIssued(
              step(),
              one(StepKind.values()),
              one(Phase.values()),
              attempts(),
              Participant.named("p-" + random.nextInt(9)),
              new MessageType("Do.it_now-" + random.nextInt(9), 1 + random.nextInt(9)),
              json(),
              instant(),
              maybe(this::child));
      case 2 -> new JournalEntry.StepSucceeded(step(), random.nextInt(), json(), maybe(this::json));
      case 3 -> new JournalEntry.StepRejected(step(), random.nextInt(), problem());
      case 4 -> new JournalEntry.StepCompensated(step(), random.nextInt());
      case 5 ->
          new JournalEntry.AttemptFailed(
              step(), one(Phase.values()), random.nextInt(), problem(), instant());
      case 6 ->
          new JournalEntry.AttemptTimedOut(
              step(), one(Phase.values()), random.nextInt(), problem(), instant());
      case 7 ->
          new JournalEntry.StepGivenUp(step(), one(Phase.values()), random.nextInt(), problem());
      case 8 ->
          new JournalEntry.TimeoutMoved(step(), one(Phase.values()), random.nextInt(), instant());
      case 9 ->
          new JournalEntry.SagaCompensating(
              one(CompensationCause.values()),
              maybe(this::step),
              maybe(this::problem),
              maybe(this::wellFormed));
      case 10 ->
          new JournalEntry.SagaParked(one(ParkReason.values()), maybe(this::step), problem());
      case 11 -> new JournalEntry.SagaResumed(wellFormed(), wellFormed());
      case 12 -> new JournalEntry.SagaCompleted();
      case 13 -> new JournalEntry.SagaCompensated();
      case 14 -> new JournalEntry.SagaAborted(wellFormed(), wellFormed());
      case 15 -> new JournalEntry.WayChosen(step(), random.nextBoolean());
      case 16 -> new JournalEntry.ItemsTaken(step(), items());
      case 17 -> new JournalEntry.WaitBegan(step(), instant());
      case 18 -> new JournalEntry.WaitPassed(step());
      case 19 -> new JournalEntry.SignalKept(step(), wellFormed(), json());
      case 20 -> new JournalEntry.SignalTaken(step(), wellFormed(), maybe(this::json));
      case 21 ->
          new JournalEntry.StepSkipped(
              step(), one(Phase.values()), json(), maybe(this::json), wellFormed(), wellFormed());
      case 22 -> new JournalEntry.RetryHastened(wellFormed(), wellFormed());
      case 23 -> new JournalEntry.SagaHeld();
      case 24 -> new JournalEntry.SagaReleased();
      case 25 -> new JournalEntry.ParentAsked(one(Phase.values()), random.nextInt());
      case 26 ->
          new JournalEntry.ParentAnswered(
              parent(), one(Outcome.values()), json(), maybe(this::problem));
      case 27 -> new JournalEntry.ChildReleased(step(), child());
      default ->
          new JournalEntry.InputIgnored(wellFormed(), one(IgnoreReason.values()), wellFormed());
    };
  }

  // --- what they are made of

  private SagaId saga() {
    return new SagaId(new UUID(random.nextLong(), random.nextLong()));
  }

  private StepName step() {
    return new StepName("step-" + random.nextInt(9), random.nextBoolean() ? "" : one(ITEMS));
  }

  private Attempts attempts() {
    return new Attempts(1 + random.nextInt(99), 1 + random.nextInt(9), instant());
  }

  private Problem problem() {
    return new Problem(one(TEXTS), one(TEXTS));
  }

  /** Cut to microseconds, as the machine's are. */
  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(0, 4_000_000_000L), random.nextInt(1_000_000) * 1_000L);
  }

  /** What comes from outside as UTF-8 has no halves of pairs. */
  private String wellFormed() {
    String text;
    do {
      text = one(TEXTS);
    } while (text.chars().anyMatch(c -> c == 0xd83d || c == 0xde00) && !text.contains("😀"));
    return text;
  }

  /** As the codec writes whatever comes. */
  String json() {
    return CODEC.encode(CODEC.decode(anyJson(3), Object.class));
  }

  /** As a participant in any language may write it. */
  private String anyJson(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0, 1 -> one(NUMBERS);
      case 2 -> quoted(one(TEXTS));
      case 3 -> random.nextBoolean() ? "true" : "false";
      case 4 -> "[ ]";
      case 5 -> "[" + anyJson(depth - 1) + " , " + anyJson(depth - 1) + ",null]";
      default -> {
        Map<String, String> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(quoted(one(TEXTS) + i), anyJson(depth - 1));
        }
        List<String> pairs = new ArrayList<>();
        members.forEach((name, value) -> pairs.add(name + " : " + value));
        yield "{" + String.join(",", pairs) + "}";
      }
    };
  }

  /** With escapes for everything that is not a plain letter. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                json.append((char) c);
              } else {
                json.append(String.format("\\u%04x", c));
              }
            });
    return json.append('"').toString();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  @SafeVarargs
  private <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
