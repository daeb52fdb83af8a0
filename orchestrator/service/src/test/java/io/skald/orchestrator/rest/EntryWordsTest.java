package io.skald.orchestrator.rest;

import static io.skald.orchestrator.rest.Orders.NOON;
import static io.skald.orchestrator.rest.Orders.problem;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.skald.machine.Attempts;
import io.skald.machine.BlockState;
import io.skald.machine.CompensationCause;
import io.skald.machine.IgnoreReason;
import io.skald.machine.JournalEntry;
import io.skald.machine.ParentLink;
import io.skald.machine.ParkReason;
import io.skald.machine.Problem;
import io.skald.machine.SagaCore;
import io.skald.saga.ChildSaga;
import io.skald.saga.StepKind;
import io.skald.saga.message.MessageType;
import io.skald.saga.message.Outcome;
import io.skald.saga.message.Participant;
import io.skald.saga.message.Phase;
import io.skald.saga.message.SagaId;
import io.skald.saga.message.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The journal in sentences. */
final class EntryWordsTest {

  private static final StepName PACK = new StepName("pack", "P-1");
  private static final StepName APPROVAL = new StepName("approval");
  private static final String SECRET = "{\"card\":\"4111\"}";

  private static final ParentLink PARENT =
      new ParentLink(SagaId.forKey("order", "K"), "K", PACK, true, Phase.ACTION, 1);

  private static final Map<JournalEntry, String> WORDS =
      Map.ofEntries(
          entry(
              new JournalEntry.SagaStarted(
                  SagaId.forKey("order", "K"),
                  "order",
                  2,
                  "f",
                  "K",
                  "d",
                  SECRET,
                  Optional.of(NOON),
                  1,
                  Optional.empty()),
              "the saga starts on order v2, with deadline 2026-01-31T12:00:00Z"),
          entry(
              new JournalEntry.SagaQueued(
                  new SagaId(new UUID(0, 7)), Optional.of(Duration.ofDays(3))),
              "the saga waits for its turn behind saga 00000000-0000-0000-0000-000000000007"),
          entry(
              new JournalEntry.SagaTurnCame(Optional.of(NOON)),
              "its turn has come, with deadline 2026-01-31T12:00:00Z"),
          entry(
              new JournalEntry.CommandIssued(
                  PACK,
                  StepKind.COMPENSATABLE,
                  Phase.COMPENSATION,
                  new Attempts(2, 1, NOON),
                  Participant.named("store"),
                  new MessageType("Unpack", 1),
                  SECRET,
                  NOON),
              "command Unpack v1 is sent to store to undo step 'pack/P-1', attempt 2"),
          entry(
              new JournalEntry.StepSucceeded(PACK, 1, SECRET, Optional.of(SECRET)),
              "step 'pack/P-1' succeeded"),
          entry(
              new JournalEntry.StepRejected(PACK, 1, problem("FULL")),
              "step 'pack/P-1' was refused (FULL: It said FULL)"),
          entry(new JournalEntry.StepCompensated(PACK, 1), "step 'pack/P-1' is undone"),
          entry(
              new JournalEntry.AttemptFailed(PACK, Phase.ACTION, 1, problem("BUSY"), NOON),
              "attempt 1 at step 'pack/P-1' failed (BUSY: It said BUSY); the next one is at"
                  + " 2026-01-31T12:00:00Z"),
          entry(
              new JournalEntry.AttemptTimedOut(
                  PACK, Phase.COMPENSATION, 1, problem("TIMEOUT"), NOON),
              "attempt 1 at undoing step 'pack/P-1' was not answered in time; the next one is at"
                  + " 2026-01-31T12:00:00Z"),
          entry(
              new JournalEntry.StepGivenUp(PACK, Phase.ACTION, 8, problem("BUSY")),
              "after attempt 8 no more is tried at step 'pack/P-1' (BUSY: It said BUSY)"),
          entry(
              new JournalEntry.TimeoutMoved(PACK, Phase.ACTION, 1, NOON),
              "attempt 1 at step 'pack/P-1' was published late; it is awaited until"
                  + " 2026-01-31T12:00:00Z"),
          entry(
              new JournalEntry.WayChosen(new StepName("customs"), true),
              "'customs' goes the way 'otherwise'"),
          entry(
              new JournalEntry.ItemsTaken(
                  new StepName("parcels"),
                  List.of(new BlockState.Item("P-1", SECRET), new BlockState.Item("P-2", SECRET))),
              "'parcels' is run for 'P-1', 'P-2'"),
          entry(
              new JournalEntry.WaitBegan(APPROVAL, NOON),
              "the story waits at 'approval' until 2026-01-31T12:00:00Z at most"),
          entry(new JournalEntry.WaitPassed(APPROVAL), "the time of 'approval' is over"),
          entry(
              new JournalEntry.SignalKept(APPROVAL, "s-1", SECRET),
              "signal 'approval' has come, with id 's-1'"),
          entry(
              new JournalEntry.SignalTaken(APPROVAL, "s-1", Optional.of(SECRET)),
              "the story takes signal 'approval'"),
          entry(
              new JournalEntry.StepSkipped(
                  PACK, Phase.COMPENSATION, "null", Optional.empty(), "maria", "by hand"),
              "maria takes the undoing of step 'pack/P-1' for done: by hand"),
          entry(
              new JournalEntry.RetryHastened("maria", "it is back"),
              "maria has tried now what waited for a retry: it is back"),
          entry(
              new JournalEntry.SagaCompensating(
                  CompensationCause.STEP_REJECTED,
                  Optional.of(PACK),
                  Optional.of(problem("FULL")),
                  Optional.empty()),
              "the saga turns back, because step 'pack/P-1' was refused (FULL: It said FULL)"),
          entry(
              new JournalEntry.SagaParked(
                  ParkReason.NO_SIGNAL, Optional.of(APPROVAL), problem("NO_SIGNAL")),
              "the saga parks at 'approval', because no signal came in time (NO_SIGNAL: It"
                  + " said NO_SIGNAL)"),
          entry(
              new JournalEntry.SagaResumed("maria", "mended"),
              "the saga goes on, resumed by maria: mended"),
          entry(
              new JournalEntry.SagaHeld(),
              "the saga's work is done, and it waits for what becomes of its parent"),
          entry(
              new JournalEntry.SagaReleased(),
              "its parent has ended, and the saga waits no longer"),
          entry(
              new JournalEntry.ParentAsked(Phase.COMPENSATION, 2),
              "its parent asks that it is undone, attempt 2"),
          entry(
              new JournalEntry.ParentAnswered(
                  PARENT, Outcome.REJECTED, SECRET, Optional.of(new Problem("FULL", "no room"))),
              "its parent is told of step 'pack/P-1': rejected (FULL: no room)"),
          entry(
              new JournalEntry.ChildReleased(PACK, new ChildSaga("packing", 3)),
              "saga packing v3 of step 'pack/P-1' waits no longer"),
          entry(new JournalEntry.SagaCompleted(), "the saga is completed"),
          entry(new JournalEntry.SagaCompensated(), "all that may have happened is undone"),
          entry(
              new JournalEntry.SagaAborted("maria", "by hand"),
              "the saga is ended as it is by maria: by hand"),
          entry(
              new JournalEntry.InputIgnored("ReplyReceived", IgnoreReason.ALREADY_SETTLED, "pack"),
              "what came changed nothing: ReplyReceived, already settled (pack)"));

  @Test
  void shouldSayEachEntryInWords_withoutWhatItCarries() {
    WORDS.forEach((entry, words) -> assertThat(EntryWords.of(entry)).isEqualTo(words));
    assertThat(WORDS.keySet())
        .extracting(Object::getClass)
        .hasSize(JournalEntry.class.getPermittedSubclasses().length)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNameTheChildAndTheParent_whenAStepIsASaga() {
    assertThat(
            EntryWords.of(
                new JournalEntry.CommandIssued(
                    PACK,
                    StepKind.COMPENSATABLE,
                    Phase.ACTION,
                    new Attempts(1, 1, NOON),
                    Participant.SAGAS,
                    new MessageType("StartSubSaga", 1),
                    SECRET,
                    NOON,
                    Optional.of(new ChildSaga("packing", 3)))))
        .isEqualTo("saga packing v3 is to do step 'pack/P-1', attempt 1");
    assertThat(
            EntryWords.of(
                new JournalEntry.SagaStarted(
                    SagaId.forKey("packing", "K"),
                    "packing",
                    3,
                    "f",
                    "K/pack",
                    "d",
                    SECRET,
                    Optional.empty(),
                    SagaCore.NO_PLACE,
                    Optional.of(PARENT))))
        .isEqualTo("the saga starts on packing v3, as step 'pack/P-1' of saga " + PARENT.saga());
  }

  @Test
  void shouldCountItems_whenThereAreMany() {
    List<BlockState.Item> items =
        IntStream.range(0, 11).mapToObj(i -> new BlockState.Item("P-" + i, "{}")).toList();
    StepName parcels = new StepName("parcels");
    assertThat(EntryWords.of(new JournalEntry.ItemsTaken(parcels, items)))
        .isEqualTo("'parcels' is run for 11 items");
    assertThat(EntryWords.of(new JournalEntry.ItemsTaken(parcels, items.subList(0, 10))))
        .endsWith("'P-9'");
    assertThat(EntryWords.of(new JournalEntry.ItemsTaken(parcels, List.of())))
        .isEqualTo("'parcels' is run for no item");
  }
}
